import type { SuppressionCreate } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";

import { useSuppress } from "../api/email";

/** Put an address onto the list by hand. */
export function SuppressForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const suppress = useSuppress();
  const [form] = Form.useForm<SuppressionCreate>();
  const send = (values: SuppressionCreate) => {
    suppress.mutateAsync({ address: values.address, detail: values.detail || "" }).then((made) => {
      toast.done(t("email.suppressions.added", { address: made.address }));
      onClose();
    }, (reason: unknown) => {
      const faults = fieldFaults(reason);
      form.setFields(faults as unknown as Parameters<typeof form.setFields>[0]);
      if (faults.length === 0) toast.failed(reason);
    });
  };
  return (
    <Modal
      open title={t("email.suppressions.add")} okText={t("email.suppressions.add")} confirmLoading={suppress.isPending}
      onOk={() => { form.submit(); }} onCancel={onClose}
    >
      <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
        <Form.Item name="address" label={t("email.suppressions.address")} rules={[{ required: true, type: "email", message: t("email.suppressions.needed") }]}>
          <Input maxLength={254} inputMode="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="detail" label={t("email.suppressions.detail")}><Input maxLength={200} /></Form.Item>
      </Form>
    </Modal>
  );
}
