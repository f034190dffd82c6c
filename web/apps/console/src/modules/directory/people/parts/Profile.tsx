import type { ContactChange, ContactDetail } from "@cove/api/types";
import { EditableText } from "@cove/kit/detail/EditableText";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { useChangeContact } from "../api";

const EDITABLE = ["name", "company_name", "position", "phone", "email"] as const;
const INPUT_MODES = { phone: "tel", email: "email" } as const;

export function Profile({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const change = useChangeContact(contact.id);
  const mayChange = contact.may.includes("people.change_contact");
  const editable = (field: keyof ContactChange & (typeof EDITABLE)[number]) => ({
    label: t(`field.${field}`),
    value: (
      <EditableText
        label={t(`field.${field}`)}
        value={contact[field] ?? ""}
        // What is masked cannot be corrected, only written anew.
        initial={field === "phone" || contact[field]?.includes("***") ? "" : (contact[field] ?? "")}
        inputMode={field === "phone" || field === "email" ? INPUT_MODES[field] : "text"}
        save={mayChange ? (value) => change.mutateAsync({ [field]: value }) : undefined}
      />
    ),
  });
  return (
    <Panel title={t("detail.profile")}>
      <Facts
        rows={[
          ...EDITABLE.map(editable),
          { label: t("column.gender"), value: contact.gender === "unknown" ? "" : t(`gender.${contact.gender}`) },
          { label: t("column.source"), value: [contact.source.label, contact.source.detail].filter(Boolean).join(" · ") },
          { label: t("column.created"), value: <Time at={contact.created_at} /> },
          { label: t("column.lastSeen"), value: <Time at={contact.last_seen_at} /> },
        ]}
      />
    </Panel>
  );
}
