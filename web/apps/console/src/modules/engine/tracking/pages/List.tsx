import { PlusOutlined } from "@ant-design/icons";
import type { Keyset } from "@cove/api/keyset";
import { useMay } from "@cove/api/session";
import type { TrackingSource } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { sourcesQuery } from "../api/sources";
import styles from "./List.module.css";

function useSources(): Keyset<TrackingSource> {
  const { data, error, isPending, refetch } = useQuery(sourcesQuery);
  const rows = data?.items ?? [];
  return {
    rows, loading: isPending, error: data ? null : error, retry: () => void refetch(),
    total: data && rows.length, totalExact: true, hasMore: false, loadingMore: false, loadMore: () => undefined,
  };
}

export default function List() {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const may = useMay();
  const origins = (source: TrackingSource) => source.kind === "web" ? source.allowed_origins.join("、") || t("anyOrigin") : "–";
  const seen = (source: TrackingSource) => source.last_seen_at ? <Time at={source.last_seen_at} /> : <span className={styles.never}>{t("never")}</span>;
  const columns: Column<TrackingSource>[] = [
    { key: "name", title: t("name"), width: 220, render: (source) => source.name },
    { key: "kind", title: t("kind"), width: 120, render: (source) => t(`kinds.${source.kind}`) },
    { key: "origins", title: t("origins"), width: 320, render: origins },
    { key: "seen", title: t("lastSeen"), width: 140, render: seen },
    { key: "created", title: t("created"), width: 140, render: (source) => <Time at={source.created_at} /> },
  ];
  const create = may("tracking.manage_sources") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/tracking/new")}>{t("create")}</Button>
  );
  return (
    <ListPage<TrackingSource>
      name="tracking.sources"
      title={t("title")}
      list={useSources()}
      columns={columns}
      href={(id) => `/settings/tracking/${id.toString()}`}
      actions={create}
      empty={{ title: t("empty"), text: t("emptyText"), action: create }}
      card={(source) => (
        <div className={styles.card}>
          <b>{source.name}</b>
          <span>{t(`kinds.${source.kind}`)} · {origins(source)}</span>
          <span>{t("lastSeen")} · {seen(source)}</span>
        </div>
      )}
    />
  );
}
