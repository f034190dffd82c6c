import { CheckOutlined } from "@ant-design/icons";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "./FirstSteps.module.css";

interface FirstStep {
  key: "wecom" | "code" | "scan";
  /** Nothing while it is not known yet. */
  done: boolean | undefined;
  to: string;
}

/** The way in for a new company: connect, make a code, scan it. Gone once all is done. */
export function FirstSteps({ steps }: { steps: FirstStep[] }) {
  const { t } = useTranslation("workbench");
  if (steps.some((step) => step.done === undefined) || steps.every((step) => step.done)) return null;
  const next = steps.find((step) => !step.done)?.key;
  return (
    <Panel title={t("first.title")}>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step.key} className={styles.step} aria-current={step.key === next ? "step" : undefined}>
            <span className={step.done ? styles.done : step.key === next ? styles.next : styles.later}>
              {step.done ? <CheckOutlined aria-label={t("first.done")} /> : index + 1}
            </span>
            <div>
              {step.done ? <span className={styles.past}>{t(`first.${step.key}`)}</span> : <Link to={step.to}>{t(`first.${step.key}`)}</Link>}
              <p className={styles.text}>{t(`first.${step.key}Text`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
