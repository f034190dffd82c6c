import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { creditsQuery } from "../api/credits";
import styles from "../parts/Credits.module.css";
import { CreditPanel } from "../parts/CreditPanel";

export default function CreditsEdit() {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(creditsQuery);
  return (
    <PageShell title={t("credits.title")} lead={t("credits.lead")} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && <div className={styles.page}>{data.map((account) => <CreditPanel key={account.tariff} account={account} />)}</div>}
    </PageShell>
  );
}
