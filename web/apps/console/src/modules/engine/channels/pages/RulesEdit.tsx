import { useMay } from "@cove/api/session";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { rulesQuery } from "../api/rules";
import { PausePanel } from "../parts/PausePanel";
import { QuotaPanel } from "../parts/QuotaPanel";
import styles from "../parts/Rules.module.css";
import { RulesForm } from "../parts/RulesForm";

export default function RulesEdit() {
  const { t } = useTranslation("channels");
  const mayChange = useMay()("delivery.manage_rules");
  const { data, error, refetch } = useQuery(rulesQuery);
  return (
    <PageShell title={t("rules.title")} lead={t("rules.lead")} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <div className={styles.page}>
          {data.paused && <PausePanel rules={data} mayChange={mayChange} />}
          <RulesForm rules={data} mayChange={mayChange} />
          <QuotaPanel quotas={data.quotas} />
          {!data.paused && <PausePanel rules={data} mayChange={mayChange} />}
        </div>
      )}
    </PageShell>
  );
}
