import { SwapOutlined } from "@ant-design/icons";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { More } from "@cove/kit/list/More";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";

import { useHandOvers } from "../api/handOvers";
import { HandOverLine } from "../parts/HandOverLine";
import { WaitingPanel } from "../parts/WaitingPanel";
import styles from "./HandOverList.module.css";

function History() {
  const { t } = useTranslation("org");
  const list = useHandOvers();
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  if (list.loading) return <Waiting />;
  if (list.rows.length === 0) return <Empty title={t("handOver.none")} text={t("handOver.noneText")} />;
  return (
    <>
      <ul className={styles.list}>
        {list.rows.map((row) => <li key={row.id}><HandOverLine row={row} /></li>)}
      </ul>
      <More list={list} />
    </>
  );
}

export default function HandOverList() {
  const { t } = useTranslation("org");
  return (
    <PageShell
      title={t("handOver.title")} lead={t("handOver.lead")} width="wide"
      actions={<Link to="/settings/hand-overs/new"><Button type="primary" icon={<SwapOutlined />}>{t("handOver.start")}</Button></Link>}
    >
      <div className={styles.page}>
        <WaitingPanel />
        <Panel title={t("handOver.history")}><History /></Panel>
      </div>
      <Outlet />
    </PageShell>
  );
}
