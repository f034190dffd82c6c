import { useMay } from "@cove/api/session";
import type { MemberCreate } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useAddMember } from "../api/members";
import { useGrantRole } from "../api/roles";
import { MemberFields } from "../parts/MemberFields";
import { RolesField } from "../parts/roles/RolesField";

const LIST = "/settings/organisation";

interface NewMember extends MemberCreate {
  role_ids: number[];
}

export default function Create() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddMember();
  const grant = useGrantRole();
  const may = useMay();
  const [{ department }] = useUrlState();
  const here = urlNumber(department);
  const made = useRef<number>(undefined);
  const kept = useKeptForm<NewMember>({
    name: "org.member.new",
    initial: { name: "", email: "", phone: "", job_title: "", places: here ? [{ department_id: here, main: true, leads: false }] : [], role_ids: [] },
    // A second try after a role was refused must not make the member twice.
    submit: async ({ role_ids, ...member }) => {
      const id = made.current ??= (await add.mutateAsync(member)).id;
      for (const role of role_ids) await grant.mutateAsync({ id: role, members: [id] });
    },
  });
  const done = () => {
    toast.done(t("member.added"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<NewMember> title={t("member.add")} parent={LIST} kept={kept} submitLabel={t("member.add")} onDone={done}>
      <div>
        <MemberFields autoFocus />
        {may("org.manage_roles") && <RolesField />}
      </div>
    </FormDrawer>
  );
}
