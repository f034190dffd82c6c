import { useToast } from "@cove/kit/feedback/useToast";
import { useDraft } from "@cove/kit/form/useDraft";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useWriteNote } from "../api";
import styles from "./NoteBox.module.css";

const LONGEST = 2000;

export function NoteBox({ contactId }: { contactId: number }) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const draft = useDraft<string>(`note.${contactId.toString()}`);
  const [text, setText] = useState(draft.kept ?? "");
  const write = useWriteNote(contactId);
  const save = () => {
    if (!text.trim() || write.isPending) return;
    write.mutate(text.trim(), {
      onSuccess: () => {
        setText("");
        draft.drop();
        toast.done(t("note.saved"));
      },
      onError: toast.failed,
    });
  };
  return (
    <Panel title={t("note.title")}>
      <Input.TextArea
        aria-label={t("note.title")} placeholder={t("note.hint")} value={text} maxLength={LONGEST}
        autoSize={{ minRows: 4, maxRows: 12 }}
        onChange={(event) => {
          setText(event.target.value);
          draft.keep(event.target.value);
        }}
        onKeyDown={(event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save(); }}
      />
      <div className={styles.foot}>
        <span className={styles.hint}>{t("note.keys")}</span>
        <Button type="primary" size="small" disabled={!text.trim()} loading={write.isPending} onClick={save}>{t("note.save")}</Button>
      </div>
    </Panel>
  );
}
