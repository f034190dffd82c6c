import type { WecomTool } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { Form, Input, Modal, Radio } from "antd";
import { useTranslation } from "react-i18next";

import { KINDS, useSaveTool } from "../../api/tools";
import { ToolFields } from "./ToolFields";
import styles from "./Tools.module.css";
import { bodyOf, valuesOf, type ToolKind, type ToolValues } from "./values";

const NAME_MOST: Record<ToolKind, number> = { link: 30, join: 30, welcome: 30, words: 20 };

/** Make a tool at WeCom, or change one. */
export function ToolForm({ row, kind: first, onClose }: { row?: WecomTool; kind?: ToolKind; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveTool(row?.id);
  const [form] = Form.useForm<ToolValues>();
  const initial = row ? valuesOf(row) : { ...valuesOf(undefined), kind: first ?? "link" };
  const kind = Form.useWatch<ToolKind | undefined>("kind", form) ?? initial.kind;
  const send = () => {
    // Fields of the other kinds are not shown, and so only kept.
    const values: ToolValues = { ...initial, ...(form.getFieldsValue(true) as ToolValues) };
    save.mutateAsync(bodyOf(values)).then(() => {
      toast.done(t("tools.saved"));
      onClose();
    }, (reason: unknown) => {
      const faults = fieldFaults(reason);
      form.setFields(faults as unknown as Parameters<typeof form.setFields>[0]);
      if (faults.length === 0) toast.failed(reason);
    });
  };
  return (
    <Modal
      open title={row ? t("tools.edit") : t("tools.create")} okText={t("tools.save")} confirmLoading={save.isPending}
      onOk={() => { form.submit(); }} onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} initialValues={initial} onFinish={send}>
        <Form.Item name="kind" hidden={row !== undefined} style={{ marginBottom: 8 }}>
          <Radio.Group options={KINDS.map((value) => ({ value, label: t(`tools.kind.${value}`) }))} aria-label={t("tools.kindTitle")} />
        </Form.Item>
        <p className={styles.text}>{t(`tools.kindText.${kind}`)}</p>
        <Form.Item name="name" label={t("tools.name")} rules={[{ required: true, whitespace: true, message: t("tools.needed") }]}>
          <Input maxLength={NAME_MOST[kind]} showCount />
        </Form.Item>
        <ToolFields kind={kind} />
      </Form>
    </Modal>
  );
}
