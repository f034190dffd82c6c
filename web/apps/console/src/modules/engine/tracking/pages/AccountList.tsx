import type { ProductAccount } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { ACCOUNTS, useAccounts } from "../api/usage";
import { Change } from "../parts/Change";
import { Sparkline } from "../parts/Sparkline";
import styles from "./List.module.css";

const SILENT = ["7", "14", "30", "90"] as const;

export default function Accounts() {
  const { t } = useTranslation("tracking");
  const [filters] = useUrlState();
  const trend = (account: ProductAccount) => <Sparkline values={account.trend} label={t("usage.trendOf", { number: account.events })} />;
  const columns: Column<ProductAccount>[] = [
    { key: "name", title: t("usage.account"), width: 240, render: (account) => account.name },
    { key: "users", title: t("usage.activeUsers"), width: 120, align: "right", render: (account) => <Count value={account.users} /> },
    { key: "change", title: t("usage.change"), width: 110, align: "right", render: (account) => <Change value={account.users} before={account.users_before} /> },
    { key: "events", title: t("usage.events28"), width: 130, align: "right", render: (account) => <Count value={account.events} /> },
    { key: "trend", title: t("usage.trend"), width: 150, render: trend },
    { key: "seen", title: t("usage.lastSeen"), width: 130, render: (account) => <Time at={account.last_seen_at} /> },
    { key: "first", title: t("usage.firstSeen"), width: 130, optional: true, render: (account) => <Time at={account.first_seen_at} /> },
    { key: "key", title: t("usage.key"), width: 160, optional: true, render: (account) => account.key },
  ];
  return (
    <ListPage<ProductAccount>
      name="tracking.accounts"
      title={t("usage.accountsTitle")}
      list={useAccounts(filters)}
      columns={columns}
      search={t("usage.search")}
      filters={[selectFilter({ key: "silent", label: t("usage.silent"), options: SILENT.map((days) => ({ value: days, label: t("usage.silentFor", { days }) })) })]}
      href={(id) => `${ACCOUNTS}/${id.toString()}`}
      empty={{ title: t("usage.noAccounts"), text: t("usage.noAccountsText") }}
      card={(account) => (
        <div className={styles.card}>
          <b>{account.name}</b>
          <span>{t("usage.activeUsers")} <Count value={account.users} /> · {t("usage.events28")} <Count value={account.events} /></span>
          <span>{t("usage.lastSeen")} · <Time at={account.last_seen_at} /></span>
        </div>
      )}
    />
  );
}
