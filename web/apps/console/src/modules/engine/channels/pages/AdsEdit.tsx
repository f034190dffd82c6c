import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { adAccountsQuery } from "../api/ads";
import { AdAccountPanel } from "../parts/AdAccountPanel";
import { AdNewAccount } from "../parts/AdNewAccount";
import styles from "./Edit.module.css";

export default function AdsEdit() {
  const { t } = useTranslation("channels");
  const may = useMay();
  const [adding, setAdding] = useState(false);
  const { data, error, refetch } = useQuery(adAccountsQuery);
  const add = may("ads.configure") && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>{t("ads.add")}</Button>;
  return (
    <PageShell title={t("ads.title")} lead={t("ads.lead")} width="narrow" actions={add}>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("ads.none")} text={t("ads.noneText")} />}
      {data && (
        <div className={styles.page}>
          {data.items.map((account) => <AdAccountPanel key={account.id} account={account} choices={data} />)}
        </div>
      )}
      {adding && data && <AdNewAccount platforms={data.platforms} close={() => { setAdding(false); }} />}
    </PageShell>
  );
}
