import { Checkbox, Form, Input, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";

import { GroupPicker } from "../GroupPicker";
import { Attachments } from "../content/Attachments";
import { useKinds } from "../content/useKinds";
import { MembersField } from "../MembersField";
import type { ToolKind } from "./values";

const MOST_GROUPS = 5;

function Members() {
  const { t } = useTranslation("channels");
  const rule = { required: true, type: "array" as const, min: 1, message: t("tools.membersNeeded") };
  return <Form.Item name="members" label={t("tools.members")} rules={[rule]}><MembersField /></Form.Item>;
}

function Words() {
  const { t } = useTranslation("channels");
  const needed = { required: true, type: "array" as const, min: 1, message: t("tools.wordsNeeded") };
  const semantics = ([1, 2, 3] as const).map((value) => ({ value, label: t(`tools.semanticKinds.${value}`) }));
  return (
    <>
      <Form.Item name="words" label={t("tools.wordsTitle")} extra={t("tools.wordsHelp")} rules={[needed]}>
        <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", "，", "、", " "]} />
      </Form.Item>
      <Form.Item name="block" label={t("tools.block")}>
        <Radio.Group options={[{ value: true, label: t("tools.blocks.block") }, { value: false, label: t("tools.blocks.warn") }]} />
      </Form.Item>
      <Form.Item name="semantics" label={t("tools.semantics")}><Checkbox.Group options={semantics} /></Form.Item>
      <Members />
    </>
  );
}

function Join() {
  const { t } = useTranslation("channels");
  const rule = { required: true, type: "array" as const, min: 1, message: t("tools.groupsNeeded") };
  return (
    <>
      <Form.Item name="groups" label={t("tools.groups")} extra={t("tools.groupsHelp")} rules={[rule]}><GroupPicker most={MOST_GROUPS} /></Form.Item>
      <Form.Item name="new_groups" label={t("tools.newGroups")} extra={t("tools.newGroupsHelp")}><Input maxLength={20} /></Form.Item>
    </>
  );
}

/** What newcomers of a group read. Files are kept by whoever may send mass messages; others add a link. */
function Welcome() {
  const { t } = useTranslation("channels");
  const kinds = useKinds();
  return (
    <>
      <Form.Item name="text" label={t("tools.text")} extra={t("tools.textHelp")} rules={[{ required: true, message: t("tools.textNeeded") }]}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Form.Item>
      <Form.Item name="attachments" label={t("tools.card")} extra={!kinds && t("tools.cardHelp")}>
        <Attachments most={1} kinds={kinds} />
      </Form.Item>
      <Form.Item name="tell_owners" valuePropName="checked"><Checkbox>{t("tools.tellOwners")}</Checkbox></Form.Item>
    </>
  );
}

/** What a tool of this kind is made of. */
export function ToolFields({ kind }: { kind: ToolKind }) {
  const { t } = useTranslation("channels");
  if (kind === "words") return <Words />;
  if (kind === "welcome") return <Welcome />;
  if (kind === "join") return <Join />;
  return (
    <>
      <Members />
      <Form.Item name="skip_verify" valuePropName="checked"><Checkbox>{t("tools.skipVerify")}</Checkbox></Form.Item>
    </>
  );
}
