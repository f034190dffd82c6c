import { useState } from "react";

import { useWriteNote } from "../api";
import { useTexts, wordsOf } from "../texts";
import styles from "./Note.module.css";

const MOST = 5000;

/** A note in two taps. What was typed stays until it is kept. */
export function Note({ contactId }: { contactId: number }) {
  const t = useTexts();
  const [text, setText] = useState("");
  const write = useWriteNote(contactId);
  const send = () => {
    if (text.trim() && !write.isPending) write.mutate(text.trim(), { onSuccess: () => { setText(""); } });
  };
  return (
    <section className="part" aria-labelledby="note">
      <div className="partHead"><h2 id="note">{t("note")}</h2></div>
      <form className={styles.note} onSubmit={(event) => { event.preventDefault(); send(); }}>
        <textarea
          value={text} rows={text ? 3 : 1} maxLength={MOST} placeholder={t("noteHint")} aria-labelledby="note"
          onChange={(event) => { setText(event.target.value); }}
          onKeyDown={(event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) send(); }}
        />
        <div className={styles.foot}>
          <span role="status">{write.isSuccess && !text ? t("noteKept") : ""}</span>
          {text.trim() && <button type="submit" className="main" disabled={write.isPending}>{t("writeNote")}</button>}
        </div>
      </form>
      {write.error && <p className="fault" role="alert">{wordsOf(write.error, t)}</p>}
    </section>
  );
}
