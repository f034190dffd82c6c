import { SwapOutlined } from "@ant-design/icons";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useQuery } from "@tanstack/react-query";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { mergePreviewQuery, useMergeContacts } from "../api";
import { ContactPicker } from "./ContactPicker";
import styles from "./MergeDialog.module.css";
import { MergeSides } from "./MergeSides";
import { useUndoing } from "./useUndoing";

interface MergeDialogProps {
  /** Who is looked at; he is merged into the other unless swapped. */
  contact: { id: number; name: string };
  /** Who may be the same person; chosen in the dialog when left out. */
  other?: number;
  close: () => void;
  /** Which contact stays, after it was done. */
  done?: (stays: number) => void;
}

/** Compare two contacts and merge them: which one stays can be swapped, and the way back is offered afterwards. */
export function MergeDialog({ contact, other: known, close, done }: MergeDialogProps) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const [other, setOther] = useState(known);
  const [swapped, setSwapped] = useState(false);
  const merge = useMergeContacts();
  const undo = useUndoing();
  const [stays, merged] = swapped ? [contact.id, other ?? 0] : [other ?? 0, contact.id];
  const { data: preview, error, refetch } = useQuery({ ...mergePreviewQuery(stays, merged), enabled: other !== undefined });
  const submit = () => {
    if (!preview) return;
    const names = { stays: preview.stays.name, merged: preview.merged.name };
    merge.mutate({ stays, merged }, {
      onSuccess: (made) => {
        toast.undoable(t("merge.done", names), () => { undo(made.id, names.merged); });
        close();
        done?.(made.stays_id);
      },
      onError: toast.failed,
    });
  };
  return (
    <Modal
      open width={720} title={t("merge.title")} okText={t("merge.submit")} onCancel={close} onOk={submit}
      confirmLoading={merge.isPending} okButtonProps={{ disabled: !preview }}
    >
      <div className={styles.body}>
        {known === undefined && (
          <label className={styles.choose}>
            <span>{t("merge.choose", { name: contact.name })}</span>
            <ContactPicker except={contact.id} onChange={setOther} />
          </label>
        )}
        {other !== undefined && !preview && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
        {preview && (
          <>
            <MergeSides preview={preview} />
            <div className={styles.foot}>
              <p className={styles.hint}>{t("merge.explain")}</p>
              <Button size="small" icon={<SwapOutlined />} onClick={() => { setSwapped(!swapped); }}>{t("merge.swap")}</Button>
            </div>
          </>
        )}
      </div>
    </Modal>
  );
}
