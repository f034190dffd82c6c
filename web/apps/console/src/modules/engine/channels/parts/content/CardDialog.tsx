import type { ShownAttachment, WecomFile } from "@cove/api/types";
import { Button, Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";

import { FileField } from "./FileField";
import type { CardKind } from "./values";

interface CardValues {
  title: string;
  url: string;
  description: string;
  picture_url: string;
  app_id: string;
  page: string;
  file?: WecomFile;
}

const NEW: CardValues = { title: "", url: "", description: "", picture_url: "", app_id: "", page: "" };

interface CardDialogProps {
  kind: CardKind;
  onDone: (card: ShownAttachment) => void;
  onClose: () => void;
}

/** A card in a message: a link, or a page of a mini-program. */
export function CardDialog({ kind, onDone, onClose }: CardDialogProps) {
  const { t } = useTranslation("channels");
  const [form] = Form.useForm<CardValues>();
  const rule = [{ required: true, whitespace: true, message: t("needed") }];
  const done = (values: CardValues) => { onDone({ ...NEW, ...values, file: values.file ?? null, kind }); };
  return (
    <Modal
      open title={t(`content.add.${kind}`)} onCancel={onClose} width={480}
      footer={<><Button onClick={onClose}>{t("content.cancel")}</Button><Button type="primary" onClick={() => { form.submit(); }}>{t("content.insert")}</Button></>}
    >
      <Form<CardValues> form={form} layout="vertical" requiredMark="optional" initialValues={NEW} onFinish={done}>
        <Form.Item name="title" label={t("content.title")} rules={rule}><Input maxLength={kind === "link" ? 40 : 20} /></Form.Item>
        {kind === "link" ? (
          <>
            <Form.Item name="url" label={t("content.url")} rules={[...rule, { pattern: /^https?:\/\//, message: t("content.urlWrong") }]}><Input maxLength={2000} inputMode="url" placeholder="https://" /></Form.Item>
            <Form.Item name="description" label={t("content.description")}><Input maxLength={160} /></Form.Item>
            <Form.Item name="picture_url" label={t("content.pictureUrl")} rules={[{ pattern: /^https?:\/\//, message: t("content.urlWrong") }]}><Input maxLength={2000} inputMode="url" placeholder="https://" /></Form.Item>
          </>
        ) : (
          <>
            <Form.Item name="app_id" label={t("content.appId")} extra={t("content.appIdHelp")} rules={rule}><Input maxLength={64} placeholder="wx" /></Form.Item>
            <Form.Item name="page" label={t("content.page")} rules={rule}><Input maxLength={1000} placeholder="pages/index/index.html" /></Form.Item>
            <Form.Item name="file" label={t("content.cover")} rules={[{ required: true, message: t("content.coverNeeded") }]}><FileField /></Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
