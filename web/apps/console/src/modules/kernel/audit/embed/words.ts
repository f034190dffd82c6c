import type { AuditEntry, AuditRecord } from "@cove/api/types";
import { useTranslation } from "react-i18next";

/** What the log says of actors and records, in words. */
export function useAuditWords() {
  const { t } = useTranslation("audit");
  const nameOf = (entry: AuditEntry) => entry.member && (entry.member.name || t("actor.nobody", { id: entry.member.id }));
  const recordOf = (record: AuditRecord) => {
    if (record.title) return record.title;
    return record.id === null ? record.label : t("withId", { label: record.label, id: record.id });
  };
  return {
    who: (entry: AuditEntry) => {
      const name = nameOf(entry);
      if (entry.actor_kind === "key") return t("actor.forMember", { name: name ?? "", id: entry.key_id ?? 0 });
      return name ?? t(`actor.${entry.actor_kind}`);
    },
    record: recordOf,
    about: (entry: AuditEntry) => {
      if (!entry.record) return "";
      if (entry.record.id === null && entry.record_count > 0) return t("records", { count: entry.record_count, label: entry.record.label });
      return recordOf(entry.record);
    },
  };
}
