import { useMay } from "@cove/api/session";
import type { Role, RoleBody } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { roleQuery, useChangeRole } from "../../api/roles";
import { Holders } from "../../parts/roles/Holders";
import { RoleActions } from "../../parts/roles/RoleActions";
import { RoleForm } from "../../parts/roles/RoleForm";

function EditRole({ role }: { role: Role }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const change = useChangeRole(role.id);
  const mayChange = useMay()("org.manage_roles") && role.beyond.length === 0;
  const kept = useKeptForm<RoleBody>({
    name: `org.role.${role.id.toString()}`,
    initial: { name: role.name, description: role.description, rights: role.rights, revealed: role.revealed },
    submit: ({ name, description, rights, revealed }) =>
      change.mutateAsync(role.everything ? { name, description } : { name, description, rights, revealed }),
  });
  return (
    <PageShell title={role.name} aside={t("roles.members", { count: role.members })} width="wide" actions={mayChange && <RoleActions role={role} />}>
      <RoleForm kept={kept} role={role} mayChange={mayChange} submitLabel={t("roles.save")} onDone={() => { toast.done(t("roles.saved")); }}>
        <Holders role={role} mayChange={mayChange} />
      </RoleForm>
    </PageShell>
  );
}

export default function Edit() {
  const { data, error, refetch } = useQuery({ ...roleQuery(Number(useParams().id)), refetchOnWindowFocus: false });
  if (data) return <EditRole key={data.id} role={data} />;
  return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
}
