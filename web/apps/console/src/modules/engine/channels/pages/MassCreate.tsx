import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Alert, Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { MASS, useSendMassMessage } from "../api/mass";
import { Attachments } from "../parts/content/Attachments";
import { MessagePreview } from "../parts/content/MessagePreview";
import { GroupPicker } from "../parts/GroupPicker";
import { MassAimFields, SenderField } from "../parts/mass/MassAimFields";
import { MassReach } from "../parts/mass/MassReach";
import { aimOf, bodyOf, listedAim, MOST_GROUPS, narrowing, NEW_MASS, type MassValues } from "../parts/mass/values";

/** Those whom the list of contacts shows: they were chosen there. */
function Listed() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  return (
    <>
      <Form.Item label={t("mass.to")}><Alert type="info" title={t("mass.listed")} action={<Link to={`/people/contacts?${narrowing(filters)}`}>{t("mass.listedLook")}</Link>} /></Form.Item>
      <SenderField />
    </>
  );
}

/** For whom: customers by tag, member or source, or groups. */
function Aim() {
  const { t } = useTranslation("channels");
  return (
    <>
      <Form.Item name="kind" label={t("mass.to")} required>
        <Radio.Group options={(["customers", "groups", "chosen"] as const).map((value) => ({ value, label: t(`mass.toKind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["kind"]}>
        {({ getFieldValue }) => {
          const kind = getFieldValue("kind") as MassValues["kind"];
          if (kind === "customers") return <MassAimFields />;
          return kind === "chosen" && <Form.Item name="groups" label={t("mass.groups")} rules={[{ required: true, message: t("mass.groupsNeeded") }]}><GroupPicker most={MOST_GROUPS} /></Form.Item>;
        }}
      </Form.Item>
    </>
  );
}

export default function MassCreate() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const send = useSendMassMessage();
  const listed = listedAim(useUrlState()[0]);
  const kept = useKeptForm<MassValues>({ name: "wecom.mass", initial: NEW_MASS, submit: (values) => send.mutateAsync(bodyOf(values, listed)) });
  const done = () => {
    toast.done(t("mass.ordered"));
    void navigate(MASS);
  };
  const needed = [{ required: true, whitespace: true, message: t("needed") }];
  return (
    <FormDrawer title={t("mass.create")} parent={MASS} kept={kept} submitLabel={t("mass.send")} onDone={done}>
      <Form.Item name="name" label={t("mass.name")} extra={t("mass.nameHelp")} rules={needed}><Input maxLength={60} /></Form.Item>
      {listed ? <Listed /> : <Aim />}
      <Form.Item name="text" label={t("mass.text")} dependencies={["parts"]} rules={[({ getFieldValue }) => ({ required: (getFieldValue("parts") as unknown[] | undefined)?.length === 0, whitespace: true, message: t("mass.textNeeded") })]}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={1300} showCount />
      </Form.Item>
      <Form.Item name="parts" label={t("content.parts")} extra={t("content.limits")}><Attachments /></Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => {
          const values = { ...NEW_MASS, ...(getFieldsValue(true) as Partial<MassValues>) };
          const chooses = !listed && values.kind === "chosen" && values.groups.length === 0;
          const sender = listed || values.kind === "customers" ? values.sender?.id ?? null : null;
          return (
            <>
              <MessagePreview text={values.text} parts={values.parts} />
              {!chooses && <MassReach aim={listed ?? aimOf(values)} senderId={sender} />}
            </>
          );
        }}
      </Form.Item>
    </FormDrawer>
  );
}
