import type { ContactDetail } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { tagsQuery, useChangeTags } from "../api";
import { useTexts, wordsOf } from "../texts";
import styles from "./Tags.module.css";

/** The tags he has; with the right, off by a tap on its cross, on by a tap in the library. */
export function Tags({ contact, may }: { contact: ContactDetail; may: boolean }) {
  const t = useTexts();
  const [choosing, setChoosing] = useState(false);
  const change = useChangeTags(contact.id);
  return (
    <section className="part" aria-labelledby="tags">
      <div className="partHead">
        <h2 id="tags">{t("tags")}</h2>
        {may && (
          <button type="button" className="quiet" aria-expanded={choosing} onClick={() => { setChoosing(!choosing); }}>
            {choosing ? t("doneTags") : t("addTag")}
          </button>
        )}
      </div>
      {contact.tags.length === 0 && <p className="none">{t("noTags")}</p>}
      <ul className={styles.tags}>
        {contact.tags.map(({ id, name }) => (
          <li key={id}>
            {name}
            {may && (
              <button type="button" aria-label={t("removeTag", { name })} disabled={change.isPending} onClick={() => { change.mutate({ add: [], remove: [id] }); }}>
                <Cross />
              </button>
            )}
          </li>
        ))}
      </ul>
      {choosing && <Library held={new Set(contact.tags.map(({ id }) => id))} busy={change.isPending} put={(id) => { change.mutate({ add: [id], remove: [] }); }} />}
      {change.error && <p className="fault" role="alert">{wordsOf(change.error, t)}</p>}
    </section>
  );
}

function Cross() {
  return <svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><path d="M2 2l8 8M10 2l-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" /></svg>;
}

interface LibraryProps {
  held: ReadonlySet<number>;
  busy: boolean;
  put: (id: number) => void;
}

function Library({ held, busy, put }: LibraryProps) {
  const t = useTexts();
  const [wanted, setWanted] = useState("");
  const { data, error } = useQuery(tagsQuery);
  const text = wanted.trim().toLowerCase();
  const groups = (data?.groups ?? [])
    .map((group) => ({ ...group, tags: group.tags.filter((tag) => !held.has(tag.id) && `${group.name} ${tag.name}`.toLowerCase().includes(text)) }))
    .filter((group) => group.tags.length > 0);
  return (
    <div className={styles.library}>
      <input type="search" value={wanted} placeholder={t("findTag")} aria-label={t("findTag")} onChange={(event) => { setWanted(event.target.value); }} />
      {error && <p className="fault" role="alert">{wordsOf(error, t)}</p>}
      {data && groups.length === 0 && <p className="none">{t("noTag")}</p>}
      {groups.map((group) => (
        <div key={group.id} className={styles.group}>
          <h3>{group.name}</h3>
          {group.tags.map((tag) => <button key={tag.id} type="button" disabled={busy} onClick={() => { put(tag.id); }}>{tag.name}</button>)}
        </div>
      ))}
    </div>
  );
}
