import { CloseOutlined, PlusOutlined } from "@ant-design/icons";
import type { FactKind } from "@cove/api/types";
import { Button, Select } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Steps.module.css";

const MOST_STEPS = 8;

interface StepsProps {
  kinds: string[];
  facts: FactKind[];
  change: (kinds: string[]) => void;
}

/** The steps of the funnel, chosen from what can happen; an empty one waits at the end. */
export function Steps({ kinds, facts, change }: StepsProps) {
  const { t } = useTranslation("insight");
  const options = facts.map((fact) => ({ value: fact.kind, label: fact.label, title: fact.description }));
  const set = (index: number, kind: string) => { change(kinds.toSpliced(index, 1, kind)); };
  return (
    <ol className={styles.steps} aria-label={t("steps")}>
      {kinds.map((kind, index) => (
        <li key={`${index.toString()}-${kind}`} className={styles.step}>
          <span className={styles.number}>{index + 1}</span>
          <Select
            variant="borderless" className={styles.select} popupMatchSelectWidth={240} aria-label={t("step", { number: index + 1 })}
            value={kind} options={options} showSearch={{ optionFilterProp: "label" }} onChange={(next) => { set(index, next); }}
          />
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t("removeStep", { number: index + 1 })}
            onClick={() => { change(kinds.toSpliced(index, 1)); }} />
        </li>
      ))}
      {kinds.length < MOST_STEPS && (
        <li className={styles.step}>
          <span className={styles.number}><PlusOutlined aria-hidden /></span>
          <Select
            variant="borderless" className={styles.select} popupMatchSelectWidth={240} aria-label={t("addStep")} placeholder={t("addStep")}
            value={null} options={options} showSearch={{ optionFilterProp: "label" }} onChange={(next: string | null) => { if (next) change([...kinds, next]); }}
          />
        </li>
      )}
    </ol>
  );
}
