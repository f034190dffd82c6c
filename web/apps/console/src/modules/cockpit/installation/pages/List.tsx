import { PlusOutlined } from "@ant-design/icons";
import type { TenantRow } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useTenants } from "../api";
import { TenantState } from "../parts/TenantState";
import styles from "./List.module.css";

export default function List() {
  const { t } = useTranslation("installation");
  const navigate = useNavigate();
  const [filters] = useUrlState();
  const active = (row: TenantRow) => row.last_active_at ? <Time at={row.last_active_at} /> : <span className={styles.second}>{t("never")}</span>;
  const name = (row: TenantRow) => <>{row.name}{row.own && <span className={styles.second}> · {t("own")}</span>}</>;
  const columns: Column<TenantRow>[] = [
    { key: "name", title: t("name"), width: 240, render: name },
    { key: "slug", title: t("slug"), width: 180, render: (row) => <code>{row.slug}</code> },
    { key: "state", title: t("state"), width: 100, render: (row) => <TenantState tenant={row} /> },
    { key: "members", title: t("members"), width: 90, render: (row) => row.members },
    { key: "active", title: t("lastActive"), width: 140, render: active },
    { key: "created", title: t("created"), width: 140, render: (row) => <Time at={row.created_at} /> },
  ];
  const create = <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/tenants/new")}>{t("create")}</Button>;
  return (
    <ListPage<TenantRow>
      name="installation.tenants"
      title={t("title")}
      list={useTenants(filters.search)}
      columns={columns}
      search={t("search")}
      href={(id) => `/settings/tenants/${id.toString()}`}
      actions={create}
      empty={{ title: t("empty") }}
      card={(row) => (
        <div className={styles.card}>
          <b>{name(row)}</b>
          <span><code>{row.slug}</code> · {t("membersCount", { count: row.members })}</span>
          <span><TenantState tenant={row} /> {t("lastActive")} {active(row)}</span>
        </div>
      )}
    />
  );
}
