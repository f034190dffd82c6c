import type { MemberCreate } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useAddMember } from "../api/members";
import { MemberFields } from "../parts/MemberFields";

const LIST = "/settings/organisation";

export default function Create() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddMember();
  const [{ department }] = useUrlState();
  const here = urlNumber(department);
  const made = useRef<number>(undefined);
  const kept = useKeptForm<MemberCreate>({
    name: "org.member.new",
    initial: { name: "", email: "", phone: "", job_title: "", places: here ? [{ department_id: here, main: true, leads: false }] : [] },
    submit: async (values) => { made.current = (await add.mutateAsync(values)).id; },
  });
  const done = () => {
    toast.done(t("member.added"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<MemberCreate> title={t("member.add")} parent={LIST} kept={kept} submitLabel={t("member.add")} onDone={done}>
      <div><MemberFields /></div>
    </FormDrawer>
  );
}
