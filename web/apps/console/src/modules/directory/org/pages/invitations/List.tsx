import { PlusOutlined } from "@ant-design/icons";
import type { Invitation, InvitationSent } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm, Space, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useInvitations, useResend, useRevoke } from "../../api/invitations";
import { InvitationLink } from "../../parts/invitations/InvitationLink";

const COLOURS = { open: "default", accepted: "success", revoked: "default", expired: "warning" } as const;

function Steps({ row, sent }: { row: Invitation; sent: (made: InvitationSent) => void }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const resend = useResend();
  const revoke = useRevoke();
  if (row.state === "accepted" || row.state === "revoked") return null;
  return (
    <Space>
      <Button size="small" loading={resend.isPending} onClick={() => { resend.mutate(row.id, { onSuccess: sent, onError: toast.failed }); }}>{t("invitations.resend")}</Button>
      <Popconfirm
        title={t("invitations.revokeAsk", { name: row.name })}
        onConfirm={() => { revoke.mutate(row.id, { onSuccess: () => { toast.done(t("invitations.revoked")); }, onError: toast.failed }); }}
      >
        <Button size="small">{t("invitations.revoke")}</Button>
      </Popconfirm>
    </Space>
  );
}

export default function List() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const [sent, setSent] = useState<InvitationSent>();
  const state = (row: Invitation) => <Tag color={COLOURS[row.state]}>{t(`invitations.state.${row.state}`)}</Tag>;
  const columns: Column<Invitation>[] = [
    { key: "name", title: t("account.name"), width: 160, render: (row) => row.name },
    { key: "email", title: t("signIn.email"), width: 240, render: (row) => row.email },
    { key: "state", title: t("invitations.stateTitle"), width: 110, render: state },
    { key: "by", title: t("invitations.by"), width: 130, render: (row) => row.invited_by },
    { key: "sent", title: t("invitations.sent"), width: 130, render: (row) => <Time at={row.sent_at} /> },
    { key: "expires", title: t("invitations.expires"), width: 130, render: (row) => (row.state === "open" || row.state === "expired") && <Time at={row.expires_at} /> },
    { key: "steps", title: t("invitations.steps"), width: 200, render: (row) => <Steps row={row} sent={setSent} /> },
  ];
  const create = <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/invitations/new")}>{t("invitations.create")}</Button>;
  return (
    <>
      <ListPage<Invitation>
        name="org.invitations"
        title={t("invitations.title")}
        list={useInvitations()}
        columns={columns}
        actions={create}
        empty={{ title: t("invitations.empty"), text: t("invitations.emptyText"), action: create }}
        card={(row) => <div><b>{row.name}</b> {state(row)}<div>{row.email}</div><Steps row={row} sent={setSent} /></div>}
      />
      <InvitationLink sent={sent} close={() => { setSent(undefined); }} />
    </>
  );
}
