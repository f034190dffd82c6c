import type { Contact } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import { Time } from "@cove/kit/region/Time";

import styles from "./ContactCard.module.css";
import { LostMark } from "./LostMark";
import { TagLine } from "./TagLine";

/** A contact in a line or two: who, from where, when. */
export function ContactCard({ contact }: { contact: Contact }) {
  const origin = [contact.company_name, contact.source.label, contact.source.detail].filter(Boolean).join(" · ");
  return (
    <span className={styles.card}>
      <PersonMark name={contact.name} picture={contact.avatar_url} size={36} />
      <span className={styles.words}>
        <span className={styles.head}>
          <span className={styles.name}>{contact.name}</span>
          {contact.lost && <LostMark />}
          <span className={styles.when}><Time at={contact.created_at} /></span>
        </span>
        <span className={styles.origin}>{origin}</span>
        {contact.tags.length > 0 && <TagLine tags={contact.tags} />}
      </span>
    </span>
  );
}
