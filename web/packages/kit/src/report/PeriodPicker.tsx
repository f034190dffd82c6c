import { DatePicker, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";

import type { UrlState } from "../list/useUrlState";
import styles from "./PeriodPicker.module.css";
import { PRESETS, type Period, type Preset } from "./period";

interface PeriodPickerProps {
  chosen: Preset | "own";
  period: Period;
  change: (values: UrlState) => void;
}

export function PeriodPicker({ chosen, period, change }: PeriodPickerProps) {
  const { t } = useTranslation("kit");
  const options = [...PRESETS.map((preset) => ({ value: preset, label: t(`period.${preset}`) })), { value: "own", label: t("period.own") }];
  const choose = (value: string) => {
    change(value === "own" ? { period: undefined, ...period } : { period: value, from: undefined, to: undefined });
  };
  const set = (end: keyof Period) => (day: Dayjs | null) => {
    if (day) change({ ...period, [end]: day.format("YYYY-MM-DD") });
  };
  return (
    <div className={styles.picker}>
      <Select aria-label={t("period.label")} value={chosen} options={options} onChange={choose} popupMatchSelectWidth={false} style={{ minWidth: 112 }} />
      {chosen === "own" && (
        <>
          <DatePicker aria-label={t("period.from")} value={dayjs(period.from)} maxDate={dayjs(period.to)} onChange={set("from")} allowClear={false} />
          <DatePicker aria-label={t("period.to")} value={dayjs(period.to)} minDate={dayjs(period.from)} onChange={set("to")} allowClear={false} />
        </>
      )}
    </div>
  );
}
