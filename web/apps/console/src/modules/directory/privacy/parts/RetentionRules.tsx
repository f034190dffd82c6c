import type { Retention } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { retentionPreviewQuery, useChangeSettings } from "../api";
import styles from "./privacy.module.css";

const LONGEST = 36_500;

function Preview({ rule, days }: { rule: Retention; days: number }) {
  const { t } = useTranslation("privacy");
  const { language } = useRegion();
  const valid = days >= rule.least && days <= LONGEST;
  const { data } = useQuery({ ...retentionPreviewQuery(rule.key, days), enabled: valid });
  if (!valid) return <span className={styles.bad}>{t("retention.least", { least: rule.least })}</span>;
  return <>{data === undefined ? "…" : t("retention.wouldGo", { number: exactNumber(data, language) })}</>;
}

function Rule({ rule }: { rule: Retention }) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const change = useChangeSettings();
  const [days, setDays] = useState(rule.days);
  const changed = days !== rule.days;
  const valid = days === null || (days >= rule.least && days <= LONGEST);
  const save = () => {
    change.mutate({ retention: { [rule.key]: days } }, { onSuccess: () => { toast.done(t("saved")); }, onError: toast.failed });
  };
  return (
    <li className={styles.line}>
      <div className={styles.grow}>
        <b>{rule.label}</b>
        <p className={styles.aside}>{days === null ? t("retention.nothingGoes") : <Preview rule={rule} days={days} />}</p>
      </div>
      <div className={styles.inputs}>
        <Select
          aria-label={rule.label} value={days === null ? "keep" : "days"} style={{ width: 130 }}
          options={[{ value: "keep", label: t("retention.keep") }, { value: "days", label: t("retention.keepFor") }]}
          onChange={(value) => { setDays(value === "keep" ? null : (rule.days ?? Math.max(rule.least, 365))); }}
        />
        {days !== null && (
          <InputNumber
            aria-label={`${rule.label} ${t("retention.days")}`} value={days} min={1} max={LONGEST} precision={0} suffix={t("retention.days")}
            onChange={(value) => { if (value !== null) setDays(value); }} style={{ width: 120 }}
          />
        )}
        {changed && <Button type="primary" disabled={!valid} loading={change.isPending} onClick={save}>{t("save")}</Button>}
      </div>
    </li>
  );
}

export function RetentionRules({ rules }: { rules: Retention[] }) {
  const { t } = useTranslation("privacy");
  return (
    <Panel title={t("retention.title")}>
      <p className={styles.text}>{t("retention.text")}</p>
      <ul className={styles.lines}>{rules.map((rule) => <Rule key={`${rule.key}:${String(rule.days)}`} rule={rule} />)}</ul>
    </Panel>
  );
}
