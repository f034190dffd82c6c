import type { Contact, Named } from "@cove/api/types";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { LostMark } from "../embed/LostMark";
import { TagLine } from "../embed/TagLine";
import styles from "./contactColumns.module.css";

function names(list: Named[]): string {
  return list.map((each) => each.name).join("、");
}

export function useContactColumns(): Column<Contact>[] {
  const { t } = useTranslation("people");
  return [
    {
      key: "name",
      title: t("column.name"),
      width: 200,
      render: (contact) => (
        <span className={styles.name}>
          <PersonMark name={contact.name} picture={contact.avatar_url} />
          <span className={styles.text}>{contact.name}</span>
          {contact.lost && <LostMark />}
        </span>
      ),
    },
    { key: "company", title: t("column.company"), width: 180, render: (contact) => contact.company_name },
    { key: "tags", title: t("column.tags"), width: 220, render: (contact) => <TagLine tags={contact.tags} /> },
    {
      key: "source",
      title: t("column.source"),
      width: 190,
      render: (contact) => <span title={contact.source.detail}>{[contact.source.label, contact.source.detail].filter(Boolean).join(" · ")}</span>,
    },
    { key: "owners", title: t("column.owners"), width: 130, render: (contact) => <span title={names(contact.owners)}>{names(contact.owners)}</span> },
    { key: "last_seen_at", title: t("column.lastSeen"), width: 110, render: (contact) => <Time at={contact.last_seen_at} /> },
    { key: "created_at", title: t("column.created"), width: 110, render: (contact) => <Time at={contact.created_at} /> },
    { key: "gender", title: t("column.gender"), width: 80, optional: true, render: (contact) => t(`gender.${contact.gender}`) },
  ];
}
