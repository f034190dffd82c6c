import { useMay } from "@cove/api/session";
import type { InvitationSent, NewInvitation } from "@cove/api/types";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { rolesToGiveQuery, useInvite } from "../../api/invitations";
import { InvitationLink } from "../../parts/invitations/InvitationLink";
import { MailHint } from "../../parts/security/MailHint";

const LIST = "/settings/invitations";
const NOTHING: NewInvitation = { email: "", name: "", department_ids: [], role_ids: [] };

export default function Create() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const may = useMay();
  const invite = useInvite();
  const [sent, setSent] = useState<InvitationSent>();
  const { data: roles } = useQuery({ ...rolesToGiveQuery, enabled: may("org.see_roles") });
  const kept = useKeptForm<NewInvitation>({
    name: "org.invitation",
    initial: NOTHING,
    submit: async (values) => { setSent(await invite.mutateAsync(values)); },
  });
  // What one does not hold oneself, one cannot give.
  const givable = (roles?.items ?? []).filter((role) => !role.beyond.length).map((role) => ({ value: role.id, label: role.name }));
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
          {may("org.see_roles") && (
            <Form.Item name="role_ids" label={t("invitations.roles")} extra={t("invitations.rolesText")}>
              <Select mode="multiple" options={givable} showSearch={{ optionFilterProp: "label" }} placeholder={t("invitations.rolesHint")} />
            </Form.Item>
          )}
        </div>
      </FormDrawer>
      <InvitationLink sent={sent} close={() => void navigate(LIST)} />
    </>
  );
}
