import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { erasurePreviewQuery, useRequestErasure } from "../api";
import { Counts } from "./Erasures";
import styles from "./privacy.module.css";

interface EraseWizardProps {
  contactId: number;
  name: string;
  close: () => void;
}

/** First what will go, then the name as the last word. */
export function EraseWizard({ contactId, name, close }: EraseWizardProps) {
  const { t } = useTranslation("privacy");
  const toast = useToast();
  const { data, error, refetch } = useQuery(erasurePreviewQuery(contactId));
  const request = useRequestErasure(contactId);
  const [sure, setSure] = useState(false);
  const [typed, setTyped] = useState("");
  const [why, setWhy] = useState("");
  const erase = () => {
    request.mutate({ name: typed, why }, {
      onSuccess: () => {
        toast.done(t("erase.asked"));
        close();
      },
      onError: toast.failed,
    });
  };
  const next = <Button key="next" type="primary" disabled={!data} onClick={() => { setSure(true); }}>{t("erase.next")}</Button>;
  const last = (
    <Button key="erase" danger type="primary" disabled={typed.trim() !== name.trim()} loading={request.isPending} onClick={erase}>{t("erase.do")}</Button>
  );
  return (
    <Modal open title={t("erase.title", { name })} onCancel={close} footer={[<Button key="close" onClick={close}>{t("cancel")}</Button>, sure ? last : next]}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Skeleton active />)}
      {data && !sure && (
        <>
          <p>{t("erase.what")}</p>
          <Counts counts={data.holders} />
          <p className={styles.aside} data-after>{t("erase.stays")}</p>
        </>
      )}
      {data && sure && (
        <Form layout="vertical">
          <Alert
            type="warning" showIcon
            title={data.grace_days > 0 ? t("erase.grace", { count: data.grace_days }) : t("erase.atOnce")}
          />
          <Form.Item label={t("erase.why")} className={styles.more}>
            <Input.TextArea value={why} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => { setWhy(event.target.value); }} />
          </Form.Item>
          <Form.Item label={t("erase.type", { name })} required>
            <Input value={typed} autoComplete="off" onChange={(event) => { setTyped(event.target.value); }} />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
