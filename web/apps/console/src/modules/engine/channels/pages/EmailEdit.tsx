import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Outlet, useNavigate } from "react-router";

import { domainsQuery, EMAIL } from "../api/email";
import { DomainPanel } from "../parts/DomainPanel";
import styles from "./Edit.module.css";

export default function EmailEdit() {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const mayChange = useMay()("email.configure");
  const { data, error, refetch } = useQuery(domainsQuery);
  const add = mayChange && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${EMAIL}/new`)}>{t("email.addDomain")}</Button>
  );
  return (
    <PageShell title={t("email.title")} lead={t("email.lead")} actions={add} width="wide">
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("email.empty")} text={t("email.emptyText")} action={add} />}
      {data && data.items.length > 0 && (
        <div className={styles.page}>
          {!data.door_open && <Alert type="warning" showIcon title={t("email.noDoor")} />}
          {data.items.map((domain) => <DomainPanel key={domain.id} domain={domain} mayChange={mayChange} />)}
        </div>
      )}
      <Outlet />
    </PageShell>
  );
}
