import type { Account } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { accountQuery } from "../../api/account";
import { NoticeChoices } from "../../embed/NoticeChoices";
import styles from "../../parts/account/account.module.css";
import { AccountTabs, useAccountTab } from "../../parts/account/AccountTabs";
import { FactorPanel } from "../../parts/account/FactorPanel";
import { PasswordPanel } from "../../parts/account/PasswordPanel";
import { ProfilePanel } from "../../parts/account/ProfilePanel";
import { SessionsPanel } from "../../parts/account/SessionsPanel";

function Security({ account }: { account: Account }) {
  return (
    <div className={styles.panels}>
      <PasswordPanel account={account} />
      <FactorPanel account={account} />
      <SessionsPanel />
    </div>
  );
}

function Notifications() {
  const { t } = useTranslation("org");
  return (
    <div className={styles.panels}>
      <p className={styles.text}>{t("notices.chooseLead")}</p>
      <NoticeChoices />
    </div>
  );
}

/** My account: a tab for each side of it. */
export default function Edit() {
  const { t } = useTranslation("org");
  const tab = useAccountTab();
  const { data, error, refetch } = useQuery(accountQuery);
  return (
    <PageShell title={t("account.title")} width="narrow">
      <AccountTabs />
      {tab === "notifications" && <Notifications />}
      {tab !== "notifications" && !data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && tab === "profile" && <ProfilePanel account={data} />}
      {data && tab === "security" && <Security account={data} />}
    </PageShell>
  );
}
