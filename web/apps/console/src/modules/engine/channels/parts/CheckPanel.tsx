import { CheckCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { useCheckWecom } from "../api";
import styles from "./Lines.module.css";

/** Try the connection and say in plain words what works, and what to do about the rest. */
export function CheckPanel() {
  const { t } = useTranslation("channels");
  const check = useCheckWecom();
  return (
    <Panel title={t("check.title")} extra={<Button size="small" loading={check.isPending} onClick={() => { check.mutate(); }}>{t("check.run")}</Button>}>
      <p className={styles.text}>{t("check.text")}</p>
      {check.error && <ErrorNotice error={check.error} />}
      {check.data && (
        <ul className={styles.checks} aria-live="polite">
          {check.data.checks.map((one) => (
            <li key={one.key} className={styles.check}>
              {one.ok
                ? <CheckCircleFilled className={styles.good} aria-label={t("check.ok")} />
                : <ExclamationCircleFilled className={styles.bad} aria-label={t("check.notOk")} />}
              <div>
                <div>{one.label}</div>
                {!one.ok && one.remedy && <p className={styles.text}>{one.remedy}</p>}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
