import { Select } from "antd";
import type { ReactNode } from "react";

export interface FilterField {
  /** Name in the URL. */
  key: string;
  label: string;
  control: (value: string | undefined, change: (value: string | undefined) => void) => ReactNode;
}

interface SelectFilter {
  key: string;
  label: string;
  options: { value: string; label: string }[];
}

/** A filter with a few fixed choices. */
export function selectFilter({ key, label, options }: SelectFilter): FilterField {
  return {
    key,
    label,
    control: (value, change) => (
      <Select
        aria-label={label}
        placeholder={label}
        allowClear
        value={value}
        onChange={change}
        options={options}
        popupMatchSelectWidth={false}
        style={{ minWidth: 112 }}
      />
    ),
  };
}
