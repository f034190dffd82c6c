import type { ContactDetail } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

export function Identities({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  if (contact.identities.length === 0) return null;
  return (
    <Panel title={t("detail.identities")}>
      <Facts rows={contact.identities.map((identity) => ({ label: identity.label, value: identity.value }))} />
    </Panel>
  );
}
