import { PlusOutlined } from "@ant-design/icons";
import type { ApiKey } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useApiKeys, useRevokeKey } from "../../api/keys";
import styles from "./List.module.css";

function Revoke({ row }: { row: ApiKey }) {
  const { t } = useTranslation("org");
  const { modal } = App.useApp();
  const toast = useToast();
  const revoke = useRevokeKey();
  const ask = () => {
    modal.confirm({
      title: t("keys.revokeTitle", { name: row.name }),
      content: t("keys.revokeText"),
      okText: t("keys.revoke"),
      okButtonProps: { danger: true },
      onOk: () => revoke.mutateAsync(row.id).then(() => { toast.done(t("keys.revoked", { name: row.name })); }, toast.failed),
    });
  };
  return <Button danger size="small" onClick={ask}>{t("keys.revoke")}</Button>;
}

export default function List() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const used = (row: ApiKey) => row.last_used_at ? <Time at={row.last_used_at} /> : <span className={styles.second}>{t("keys.never")}</span>;
  const rights = (row: ApiKey) => t("keys.rightsCount", { count: Object.keys(row.rights).length });
  const columns: Column<ApiKey>[] = [
    { key: "name", title: t("keys.name"), width: 220, render: (row) => row.name },
    { key: "hint", title: t("keys.key"), width: 130, render: (row) => <code>cove_…{row.hint}</code> },
    { key: "member", title: t("keys.member"), width: 130, render: (row) => row.member.name },
    { key: "rights", title: t("keys.rights"), width: 110, render: rights },
    { key: "used", title: t("keys.lastUsed"), width: 140, render: used },
    { key: "expires", title: t("keys.expires"), width: 140, render: (row) => <Time at={row.expires_at} /> },
    { key: "revoke", title: "", width: 100, render: (row) => <Revoke row={row} /> },
  ];
  const create = <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/api-keys/new")}>{t("keys.create")}</Button>;
  return (
    <ListPage<ApiKey>
      name="org.keys"
      title={t("keys.title")}
      list={useApiKeys()}
      columns={columns}
      actions={create}
      empty={{ title: t("keys.empty"), text: t("keys.emptyText"), action: create }}
      card={(row) => (
        <div className={styles.card}>
          <b>{row.name}</b>
          <span><code>cove_…{row.hint}</code> · {row.member.name} · {rights(row)}</span>
          <span>{t("keys.expires")} <Time at={row.expires_at} /> · {t("keys.lastUsed")} {used(row)}</span>
          <div><Revoke row={row} /></div>
        </div>
      )}
    />
  );
}
