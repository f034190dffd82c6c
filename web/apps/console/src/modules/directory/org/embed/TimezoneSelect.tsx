import { Select } from "antd";

const ZONES = Intl.supportedValuesOf("timeZone");

interface TimezoneSelectProps {
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

/** Choose an IANA time zone by typing a part of its name. */
export function TimezoneSelect({ id, value, onChange }: TimezoneSelectProps) {
  return <Select id={id} showSearch value={value} onChange={onChange} options={ZONES.map((zone) => ({ value: zone, label: zone }))} />;
}
