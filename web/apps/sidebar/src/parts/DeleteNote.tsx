import { useEffect, useRef, useState } from "react";

import { useDeleteNote } from "../api";
import { useTexts, wordsOf } from "../texts";
import styles from "./DeleteNote.module.css";

/** Takes an own note away, after asking once: nobody gets it back. */
export function DeleteNote({ contactId, noteId }: { contactId: number; noteId: number }) {
  const t = useTexts();
  const [asking, setAsking] = useState(false);
  const remove = useDeleteNote(contactId);
  const keep = useRef<HTMLButtonElement>(null);
  useEffect(() => { if (asking) keep.current?.focus(); }, [asking]);
  if (!asking) return <button type="button" className={styles.ask} onClick={() => { setAsking(true); }}>{t("deleteNote")}</button>;
  return (
    <div className={styles.asking} role="group" aria-label={t("deleteNoteSure")}>
      <span>{t("deleteNoteSure")}</span>
      <button type="button" className={styles.yes} disabled={remove.isPending} onClick={() => { remove.mutate(noteId); }}>{t("deleteNote")}</button>
      <button type="button" ref={keep} className={styles.no} onClick={() => { setAsking(false); }}>{t("keepNote")}</button>
      {remove.error && <p className="fault" role="alert">{wordsOf(remove.error, t)}</p>}
    </div>
  );
}
