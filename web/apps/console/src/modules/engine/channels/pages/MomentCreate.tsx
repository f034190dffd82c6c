import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Input, Radio } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { TagPicker } from "../../../directory/people/embed/TagPicker";
import { MOMENTS, usePublishMoment } from "../api/moments";
import { Attachments } from "../parts/content/Attachments";
import { FileField } from "../parts/content/FileField";
import { MOST_PARTS } from "../parts/content/values";
import { MembersField } from "../parts/MembersField";
import { MomentPreview } from "../parts/moments/MomentPreview";
import { bodyOf, carried, CARRIES, NEW_MOMENT, type MomentValues } from "../parts/moments/values";

function Carried({ carries }: { carries: MomentValues["carries"] }) {
  const { t } = useTranslation("channels");
  const rule = [{ required: true, whitespace: true, message: t("needed") }];
  if (carries === "image") return <Form.Item name="images" label={t("moments.images")} extra={t("moments.imagesHelp")}><Attachments kinds={["image"]} most={MOST_PARTS} /></Form.Item>;
  if (carries === "video") return <Form.Item name="videos" label={t("moments.video")} extra={t("moments.videoHelp")}><Attachments kinds={["video"]} most={1} /></Form.Item>;
  return (
    <>
      <Form.Item name="link_title" label={t("content.title")} rules={rule}><Input maxLength={21} showCount /></Form.Item>
      <Form.Item name="link_url" label={t("content.url")} rules={[...rule, { pattern: /^https?:\/\//, message: t("content.urlWrong") }]}><Input maxLength={2000} inputMode="url" placeholder="https://" /></Form.Item>
      <Form.Item name="link_file" label={t("content.cover")} rules={[{ required: true, message: t("content.coverNeeded") }]}><FileField /></Form.Item>
    </>
  );
}

export default function MomentCreate() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const toast = useToast();
  const publish = usePublishMoment();
  const kept = useKeptForm<MomentValues>({ name: "wecom.moment", initial: NEW_MOMENT, submit: (values) => publish.mutateAsync(bodyOf(values)) });
  const done = () => {
    toast.done(t("moments.ordered"));
    void navigate(MOMENTS);
  };
  const needed = [{ required: true, whitespace: true, message: t("needed") }];
  return (
    <FormDrawer title={t("moments.create")} parent={MOMENTS} kept={kept} submitLabel={t("moments.send")} onDone={done}>
      <Form.Item name="name" label={t("mass.name")} extra={t("mass.nameHelp")} rules={needed}><Input maxLength={60} /></Form.Item>
      <Form.Item name="text" label={t("mass.text")}><Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={1300} showCount /></Form.Item>
      <Form.Item name="carries" label={t("moments.carries")}>
        <Radio.Group options={CARRIES.map((value) => ({ value, label: t(`content.kind.${value}`) }))} />
      </Form.Item>
      <Form.Item noStyle dependencies={["carries"]}>
        {({ getFieldValue }) => <Carried carries={getFieldValue("carries") as MomentValues["carries"]} />}
      </Form.Item>
      <Form.Item name="members" label={t("moments.senders")} extra={t("moments.sendersHelp")}><MembersField /></Form.Item>
      <Form.Item name="tag_ids" label={t("moments.seenBy")} extra={t("moments.seenByHelp")}><TagPicker placeholder={t("moments.allCustomers")} /></Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldsValue }) => {
          const values = { ...NEW_MOMENT, ...(getFieldsValue(true) as Partial<MomentValues>) };
          return <MomentPreview text={values.text} parts={carried(values)} />;
        }}
      </Form.Item>
    </FormDrawer>
  );
}
