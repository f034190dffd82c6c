import { PlusOutlined } from "@ant-design/icons";
import type { Keyset } from "@cove/api/keyset";
import { useMay } from "@cove/api/session";
import type { Role } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { ROLES, rolesQuery } from "../../api/roles";
import styles from "./List.module.css";

function useRoles(): Keyset<Role> {
  const { data, error, isPending, refetch } = useQuery(rolesQuery);
  const rows = data?.items ?? [];
  return {
    rows, loading: isPending, error: data ? null : error, retry: () => void refetch(),
    total: data && rows.length, totalExact: true, hasMore: false, loadingMore: false, loadMore: () => undefined,
  };
}

export default function List() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const may = useMay();
  const rights = (role: Role) => role.everything ? t("roles.all") : t("roles.rights", { count: Object.keys(role.effective).length });
  const holders = (role: Role) => t("roles.members", { count: role.members });
  const columns: Column<Role>[] = [
    { key: "name", title: t("roles.name"), width: 180, render: (role) => role.name },
    { key: "description", title: t("roles.description"), width: 360, render: (role) => role.description },
    { key: "rights", title: t("roles.granted_rights"), width: 120, render: rights },
    { key: "members", title: t("roles.holders"), width: 110, align: "right", render: holders },
  ];
  const create = may("org.manage_roles") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${ROLES}/new`)}>{t("roles.create")}</Button>
  );
  return (
    <ListPage<Role>
      name="org.roles"
      title={t("roles.title")}
      list={useRoles()}
      columns={columns}
      href={(id) => `${ROLES}/${id.toString()}`}
      actions={create}
      empty={{ title: t("roles.empty"), text: t("roles.emptyText"), action: create }}
      card={(role) => (
        <div className={styles.card}>
          <b>{role.name}</b>
          <span>{role.description}</span>
          <span>{rights(role)} · {holders(role)}</span>
        </div>
      )}
    />
  );
}
