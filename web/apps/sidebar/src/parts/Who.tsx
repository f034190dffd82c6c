import { PersonMark } from "@cove/kit/brand/PersonMark";
import type { ContactDetail } from "@cove/api/types";

import { useTexts } from "../texts";
import styles from "./Who.module.css";

/** Who the chat is with: name, company, who looks after him, how he is reached. */
export function Who({ contact }: { contact: ContactDetail }) {
  const t = useTexts();
  const firm = [contact.company_name, contact.position].filter(Boolean).join(" · ");
  const source = [contact.source.label, contact.source.detail].filter(Boolean).join(" · ");
  const lines: [string, string | null][] = [
    [t("owners"), contact.owners.map((owner) => owner.name).join("、")],
    [t("phone"), contact.phone],
    [t("email"), contact.email],
    [t("source"), source],
  ];
  return (
    <header className={styles.who}>
      <div className={styles.head}>
        <PersonMark name={contact.name} picture={contact.avatar_url} size={48} />
        <div>
          <h1>{contact.name || t("unnamed")}{contact.lost && <span className={styles.lost}>{t("lost")}</span>}</h1>
          {firm && <p>{firm}</p>}
        </div>
        <a href={`/people/contacts/${contact.id.toString()}`} target="_blank" rel="noreferrer">{t("open")}</a>
      </div>
      <dl className={styles.facts}>
        {lines.filter(([, value]) => value).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
      {contact.duplicates > 0 && <p className={styles.suspected}>{t("suspected", { count: contact.duplicates })}</p>}
    </header>
  );
}
