import { EditOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { useToast } from "../feedback/useToast";
import styles from "./EditableText.module.css";

interface EditableTextProps {
  label: string;
  value: string;
  /** What the field begins with, when it differs from what is shown (a masked number must be typed anew). */
  initial?: string;
  save?: (value: string) => Promise<unknown>;
  inputMode?: "tel" | "email" | "text";
}

/** Text that is edited where it stands: Enter or leaving the field saves, Esc takes back. */
export function EditableText({ label, value, initial = value, save, inputMode = "text" }: EditableTextProps) {
  const { t } = useTranslation("kit");
  const toast = useToast();
  const [draft, setDraft] = useState<string>();
  const [busy, setBusy] = useState(false);
  const field = useRef<InputRef>(null);
  const editing = draft !== undefined;
  useEffect(() => { if (editing) field.current?.focus(); }, [editing]);
  if (!save) return <>{value || "—"}</>;

  const finish = async () => {
    if (draft === undefined || busy) return;
    if (draft.trim() === initial) {
      setDraft(undefined);
      return;
    }
    setBusy(true);
    try {
      await save(draft.trim());
      setDraft(undefined);
    } catch (error) {
      toast.failed(error);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") void finish();
    if (event.key === "Escape") {
      event.stopPropagation(); // Esc must not close the drawer around it as well.
      setDraft(undefined);
    }
  };
  if (editing) {
    return (
      <Input
        ref={field} size="small" aria-label={label} value={draft} disabled={busy} inputMode={inputMode} maxLength={200}
        onChange={(event) => { setDraft(event.target.value); }}
        onBlur={() => void finish()}
        onKeyDown={onKeyDown}
      />
    );
  }
  return (
    <button type="button" className={styles.button} onClick={() => { setDraft(initial); }} aria-label={t("detail.edit", { name: label, value: value || t("detail.add") })}>
      <span className={value ? undefined : styles.blank}>{value || t("detail.add")}</span>
      <EditOutlined className={styles.pen} aria-hidden />
    </button>
  );
}
