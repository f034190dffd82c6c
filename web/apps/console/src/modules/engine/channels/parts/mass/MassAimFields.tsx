import type { Named } from "@cove/api/types";
import { Form, Select } from "antd";
import { useTranslation } from "react-i18next";

import { MemberPicker } from "../../../../directory/org/embed/MemberPicker";
import { TagPicker } from "../../../../directory/people/embed/TagPicker";

const SOURCES = ["live_code", "wecom", "official_account", "miniprogram", "web", "console"] as const;

function Member({ value, onChange, placeholder }: { value?: Named; onChange?: (member: Named | undefined) => void; placeholder: string }) {
  return <MemberPicker value={value?.id} chosen={value} onChange={(member) => { onChange?.(member); }} placeholder={placeholder} allowClear needsWecom />;
}

/** By whom it goes out. */
export function SenderField() {
  const { t } = useTranslation("channels");
  return <Form.Item name="sender" label={t("mass.sender")} extra={t("mass.senderHelp")}><Member placeholder={t("mass.lastTalked")} /></Form.Item>;
}

/** Which customers a mass message is for: as the list of contacts is narrowed. */
export function MassAimFields() {
  const { t } = useTranslation("channels");
  const { t: people } = useTranslation("people");
  return (
    <>
      <Form.Item name="tag_ids" label={t("mass.tag")} getValueFromEvent={(ids: number[]) => ids.slice(-1)}><TagPicker placeholder={t("mass.anyTag")} /></Form.Item>
      <Form.Item name="owner" label={t("mass.owner")}><Member placeholder={t("mass.anyOwner")} /></Form.Item>
      <Form.Item name="source" label={t("mass.source")}>
        <Select allowClear placeholder={t("mass.anySource")} options={SOURCES.map((value) => ({ value, label: people(`source.${value}`) }))} />
      </Form.Item>
      <SenderField />
    </>
  );
}
