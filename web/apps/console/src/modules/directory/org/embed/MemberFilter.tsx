import { useTranslation } from "react-i18next";

import { MemberPicker } from "./MemberPicker";

interface MemberFilterProps {
  value: number | undefined;
  change: (id: number | undefined) => void;
}

/** Choose a member in a filter bar of a floor below. */
export default function MemberFilter({ value, change }: MemberFilterProps) {
  const { t } = useTranslation("org");
  return <MemberPicker value={value} placeholder={t("picker.member")} allowClear onChange={(member) => { change(member?.id); }} />;
}
