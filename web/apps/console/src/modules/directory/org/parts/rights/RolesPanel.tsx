import { useMay } from "@cove/api/session";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import type { Member } from "@cove/api/types";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { memberRightsQuery } from "../../api/roles";
import { MemberRoles } from "./MemberRoles";

function Roles({ memberId }: { memberId: number }) {
  const { t } = useTranslation("org");
  const mayChange = useMay()("org.manage_roles");
  const { data: found, error, refetch } = useQuery(memberRightsQuery(memberId));
  if (!found) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return <MemberRoles found={found} mayChange={mayChange} extra={<Link to={`/settings/members/${memberId.toString()}/rights`}>{t("rights.look")}</Link>} />;
}

/** On a member's page: the roles, and the way to what they come to. */
export function RolesPanel({ member }: { member: Member }) {
  return useMay()("org.see_roles") ? <Roles memberId={member.id} /> : null;
}
