import type { ContactDetail } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

export function Identities({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  if (contact.identities.length === 0) return null;
  // Whoever was merged from several may have several of a kind.
  const kinds = [...new Set(contact.identities.map((identity) => identity.label))];
  const values = (label: string) => contact.identities.filter((identity) => identity.label === label)
    .map((identity) => <div key={identity.value}>{identity.value}</div>);
  return (
    <Panel title={t("detail.identities")}>
      <Facts rows={kinds.map((label) => ({ label, value: values(label) }))} />
    </Panel>
  );
}
