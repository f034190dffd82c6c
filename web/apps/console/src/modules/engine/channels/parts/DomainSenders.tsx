import { DeleteOutlined } from "@ant-design/icons";
import type { EmailDomain, EmailSender, EmailSenderChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { fieldFaults } from "@cove/kit/form/fieldErrors";
import { Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { useAddSender, useRemoveSender } from "../api/email";
import styles from "./DomainPanel.module.css";

function Sender({ sender, mayChange }: { sender: EmailSender; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveSender();
  const { address } = sender;
  const drop = () => {
    remove.mutate(sender.id, { onSuccess: () => { toast.done(t("email.sender.removed", { address })); }, onError: toast.failed });
  };
  const label = t("email.sender.remove", { address });
  return (
    <li className={styles.sender}>
      <span>{sender.name} &lt;{address}&gt; {sender.reply_to && <span className={styles.second}>{t("email.sender.reply")} {sender.reply_to}</span>}</span>
      {mayChange && <Button size="small" type="text" icon={<DeleteOutlined />} loading={remove.isPending} onClick={drop} aria-label={label} title={label} />}
    </li>
  );
}

function AddSender({ domain }: { domain: EmailDomain }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const add = useAddSender(domain.id);
  const [form] = Form.useForm<EmailSenderChange>();
  const needed = [{ required: true, whitespace: true, message: t("email.sender.needed") }];
  const send = (values: EmailSenderChange) => {
    add.mutateAsync({ ...values, reply_to: values.reply_to || "" }).then((made) => {
      form.resetFields();
      toast.done(t("email.sender.added", { address: made.address }));
    }, (reason: unknown) => {
      const faults = fieldFaults(reason);
      form.setFields(faults as unknown as Parameters<typeof form.setFields>[0]);
      if (faults.length === 0) toast.failed(reason);
    });
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} onFinish={send}>
      <div className={styles.fields}>
        <Form.Item name="name" label={t("email.sender.name")} rules={needed}>
          <Input maxLength={100} placeholder={t("email.sender.nameHint")} />
        </Form.Item>
        <Form.Item name="local" label={t("email.sender.local")} rules={needed}>
          <Input maxLength={64} placeholder="news" suffix={`@${domain.name}`} autoComplete="off" spellCheck={false} />
        </Form.Item>
        <Form.Item name="reply_to" label={t("email.sender.reply")}>
          <Input maxLength={254} placeholder={t("email.sender.replyHint")} inputMode="email" />
        </Form.Item>
      </div>
      <Button htmlType="submit" loading={add.isPending}>{t("email.sender.add")}</Button>
    </Form>
  );
}

/** In whose name mail goes out. */
export function DomainSenders({ domain, mayChange }: { domain: EmailDomain; mayChange: boolean }) {
  const { t } = useTranslation("channels");
  return (
    <section className={styles.senders}>
      <b>{t("email.sender.title")}</b>
      {domain.senders.length === 0 && <p className={styles.second}>{t("email.sender.none")}</p>}
      <ul>{domain.senders.map((sender) => <Sender key={sender.id} sender={sender} mayChange={mayChange} />)}</ul>
      {mayChange && !domain.off && <AddSender domain={domain} />}
    </section>
  );
}
