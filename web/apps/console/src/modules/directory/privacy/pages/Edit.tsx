import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Outlet } from "react-router";

import { settingsQuery } from "../api";
import { Erasures } from "../parts/Erasures";
import { Purposes } from "../parts/Purposes";
import { RetentionRules } from "../parts/RetentionRules";
import { Switches } from "../parts/Switches";
import styles from "../parts/privacy.module.css";

export default function Edit() {
  const { t } = useTranslation("privacy");
  const { data, error, refetch } = useQuery(settingsQuery);
  return (
    <PageShell title={t("title")} lead={t("lead")} width="narrow">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data && (
        <div className={styles.page}>
          <Purposes />
          <RetentionRules rules={data.retention} />
          <Switches settings={data} />
          <Erasures />
        </div>
      )}
      <Outlet />
    </PageShell>
  );
}
