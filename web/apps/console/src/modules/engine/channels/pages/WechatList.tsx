import { PlusOutlined } from "@ant-design/icons";
import type { Keyset } from "@cove/api/keyset";
import { useMay } from "@cove/api/session";
import type { WechatAccount } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { wechatAccountsQuery } from "../api/wechat";
import { WechatState } from "../parts/wechat/WechatState";
import styles from "../parts/wechat/Wechat.module.css";

function useAccounts(): Keyset<WechatAccount> {
  const { data, error, isPending, refetch } = useQuery(wechatAccountsQuery);
  const rows = data?.items ?? [];
  return {
    rows, loading: isPending, error: data ? null : error, retry: () => void refetch(),
    total: data && rows.length, totalExact: true, hasMore: false, loadingMore: false, loadMore: () => undefined,
  };
}

export default function WechatList() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const may = useMay();
  const callback = ({ state }: WechatAccount) => state.last_callback_at ? <Time at={state.last_callback_at} /> : t("wechat.never");
  const columns: Column<WechatAccount>[] = [
    { key: "name", title: t("wechat.column.name"), width: 200, render: (one) => one.name },
    { key: "kind", title: t("wechat.column.kind"), width: 110, render: (one) => t(`wechat.kind.${one.kind}`) },
    { key: "followers", title: t("wechat.column.followers"), width: 110, align: "right", render: (one) => one.kind === "official" ? <Count value={one.state.followers} /> : "–" },
    { key: "people", title: t("wechat.column.people"), width: 110, align: "right", render: (one) => <Count value={one.state.people} /> },
    { key: "callback", title: t("wechat.column.callback"), width: 140, render: callback },
    { key: "state", title: t("wechat.column.state"), width: 300, render: (one) => <WechatState account={one} /> },
  ];
  const add = may("wechat.configure") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate("/settings/wechat/new")}>{t("wechat.add")}</Button>
  );
  return (
    <ListPage<WechatAccount>
      name="channels.wechat"
      title={t("wechat.title")}
      list={useAccounts()}
      columns={columns}
      href={(id) => `/settings/wechat/${id.toString()}`}
      actions={add}
      empty={{ title: t("wechat.emptyTitle"), text: t("wechat.emptyText"), action: add }}
      card={(one) => (
        <div className={styles.card}>
          <b>{one.name}</b>
          <span>{t(`wechat.kind.${one.kind}`)} · {t("wechat.column.people")} <Count value={one.state.people} /></span>
          <WechatState account={one} />
        </div>
      )}
    />
  );
}
