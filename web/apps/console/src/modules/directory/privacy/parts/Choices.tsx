import type { ChoicesChange, ContactPrivacy } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Form, Input, Modal, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRecordChoices } from "../api";
import styles from "./privacy.module.css";

interface ChoicesProps {
  contactId: number;
  privacy: ContactPrivacy;
  open: boolean;
  close: () => void;
}

/** Record what a contact told a member; only what was touched is sent. */
export function Choices({ contactId, privacy, open, close }: ChoicesProps) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const record = useRecordChoices(contactId);
  const [purposes, setPurposes] = useState<Record<string, boolean>>({});
  const [channels, setChannels] = useState<NonNullable<ChoicesChange["channels"]>>({});
  const [reason, setReason] = useState("");
  const touched = Object.keys(purposes).length + Object.keys(channels).length > 0;
  const leave = () => {
    setPurposes({});
    setChannels({});
    setReason("");
    close();
  };
  const save = () => {
    record.mutate({ purposes, channels, reason }, {
      onSuccess: () => {
        toast.done(t("saved"));
        leave();
      },
      onError: toast.failed,
    });
  };
  return (
    <Modal
      open={open} title={t("contact.record")} onCancel={leave} onOk={save} okText={t("save")} confirmLoading={record.isPending}
      okButtonProps={{ disabled: !touched || reason.trim() === "" }}
    >
      <div className={styles.choices}>
        <section>
          <h3 className={styles.small}>{t("contact.consents")}</h3>
          {privacy.consents.map((one) => (
            <div key={one.purpose} className={styles.line}>
              <span className={styles.grow}>{one.name}</span>
              <Switch
                aria-label={one.name} checked={purposes[one.purpose] ?? one.state === "given"}
                onChange={(given) => { setPurposes({ ...purposes, [one.purpose]: given }); }}
              />
            </div>
          ))}
        </section>
        <section>
          <h3 className={styles.small}>{t("contact.mayReach")}</h3>
          {privacy.channels.map((one) => (
            <div key={one.channel} className={styles.line}>
              <span className={styles.grow}>{one.label}</span>
              <Switch
                aria-label={one.label} checked={channels[one.channel] ?? !one.unsubscribed}
                onChange={(wanted) => { setChannels({ ...channels, [one.channel]: wanted }); }}
              />
            </div>
          ))}
        </section>
        <Form layout="vertical">
          <Form.Item label={t("contact.reason")} extra={t("contact.reasonHint")} required>
            <Input.TextArea value={reason} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => { setReason(event.target.value); }} />
          </Form.Item>
        </Form>
      </div>
    </Modal>
  );
}
