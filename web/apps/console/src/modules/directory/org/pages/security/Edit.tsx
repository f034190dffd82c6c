import { useMay } from "@cove/api/session";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { policyQuery } from "../../api/account";
import styles from "../../parts/account/account.module.css";
import { MailPanel } from "../../parts/security/MailPanel";
import { PolicyPanel } from "../../parts/security/PolicyPanel";

export default function Edit() {
  const { t } = useTranslation("org");
  const may = useMay();
  const { data, error, refetch } = useQuery(policyQuery);
  return (
    <PageShell title={t("security.title")} lead={t("security.lead")} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <div className={styles.panels}>
          <PolicyPanel policy={data} />
          {may("mail.see_mails") && <MailPanel />}
        </div>
      )}
    </PageShell>
  );
}
