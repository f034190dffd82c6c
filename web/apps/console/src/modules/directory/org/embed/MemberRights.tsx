import { useMay } from "@cove/api/session";
import type { MemberRights as Found } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { memberRightsQuery } from "../api/roles";
import { MemberRoles } from "../parts/rights/MemberRoles";
import styles from "../parts/rights/Rights.module.css";
import { RightsTable } from "../parts/rights/RightsTable";
import { WhyForm } from "../parts/rights/WhyForm";

function Circles({ found }: { found: Found }) {
  const { t } = useTranslation("org");
  if (found.circles.length === 0) return null;
  const told = (names: string[], count: number) => names.join(t("handOver.and")) + (count > names.length ? t("rights.andMore", { count: count - names.length }) : "");
  return (
    <Panel title={t("rights.circles")}>
      <p className={styles.hint}>{t("rights.circlesHint")}</p>
      <Facts rows={found.circles.map((circle) => ({ label: circle.label, value: `${t("roles.members", { count: circle.count })} · ${told(circle.names, circle.count)}` }))} />
    </Panel>
  );
}

/** What a member may do in effect, by which roles, to whose rows; and why he may not. */
export function MemberRights({ memberId }: { memberId: number }) {
  const { t } = useTranslation("org");
  const mayChange = useMay()("org.manage_roles");
  const { data: found, error, refetch } = useQuery(memberRightsQuery(memberId));
  if (!found) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return (
    <div className={styles.page}>
      <MemberRoles found={found} mayChange={mayChange} />
      <WhyForm found={found} />
      <Circles found={found} />
      <Panel title={t("roles.fields")}>
        <Facts rows={found.fields.map((field) => ({
          label: field.label,
          value: field.revealed ? t("rights.revealed", { names: field.roles.map((role) => role.name).join(t("handOver.and")) }) : t("rights.masked"),
        }))} />
      </Panel>
      <RightsTable found={found} />
    </div>
  );
}
