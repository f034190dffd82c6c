import type { InvitationSent, NewInvitation } from "@cove/api/types";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useInvite } from "../../api/invitations";
import { DepartmentsField } from "../../parts/DepartmentsField";
import { InvitationLink } from "../../parts/invitations/InvitationLink";
import { RolesField } from "../../parts/roles/RolesField";
import { MailHint } from "../../parts/security/MailHint";

const LIST = "/settings/invitations";
const NOTHING: NewInvitation = { email: "", name: "", department_ids: [], role_ids: [] };

export default function Create() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const invite = useInvite();
  const [sent, setSent] = useState<InvitationSent>();
  const kept = useKeptForm<NewInvitation>({
    name: "org.invitation",
    initial: NOTHING,
    submit: async (values) => { setSent(await invite.mutateAsync(values)); },
  });
  return (
    <>
      <FormDrawer<NewInvitation> title={t("invitations.create")} parent={LIST} kept={kept} submitLabel={t("invitations.send")} onDone={() => undefined}>
        <MailHint />
        <div>
          <Form.Item name="name" label={t("account.name")} rules={[{ required: true, whitespace: true, message: t("account.nameNeeded") }]}>
            <Input maxLength={64} autoFocus autoComplete="off" />
          </Form.Item>
          <Form.Item name="email" label={t("signIn.email")} rules={[{ required: true, message: t("signIn.emailNeeded") }, { type: "email", message: t("invitations.emailWrong") }]}>
            <Input type="email" inputMode="email" maxLength={254} autoComplete="off" />
          </Form.Item>
          <DepartmentsField />
          <RolesField />
        </div>
      </FormDrawer>
      <InvitationLink sent={sent} close={() => void navigate(LIST)} />
    </>
  );
}
