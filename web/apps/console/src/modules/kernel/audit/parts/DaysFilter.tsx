import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

interface DaysFilterProps {
  /** Two days with a tilde between; either may be missing. */
  value: string | undefined;
  change: (value: string | undefined) => void;
}

const DAY = "YYYY-MM-DD";

/** From which day up to which. */
export function DaysFilter({ value, change }: DaysFilterProps) {
  const { t } = useTranslation("audit");
  const [first, last] = (value ?? "").split("~").map((day) => (day ? dayjs(day) : null));
  return (
    <DatePicker.RangePicker
      aria-label={t("filter.first")}
      placeholder={[t("filter.first"), t("filter.last")]}
      allowEmpty={[true, true]}
      value={[first ?? null, last ?? null]}
      onChange={(days) => {
        const text = [days?.[0], days?.[1]].map((day) => day?.format(DAY) ?? "").join("~");
        change(text === "~" ? undefined : text);
      }}
      style={{ maxWidth: 260 }}
    />
  );
}
