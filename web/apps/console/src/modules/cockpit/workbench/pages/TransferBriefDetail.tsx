import { PrinterOutlined } from "@ant-design/icons";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { transferBriefQuery } from "../api";
import { BriefText } from "../parts/BriefText";
import styles from "./TransferBriefDetail.module.css";

/** The summary of a transfer, to be read or printed by whoever takes over. */
export default function TransferBriefDetail() {
  const { t } = useTranslation("workbench");
  const { data, error, refetch } = useQuery(transferBriefQuery(Number(useParams().id)));
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return (
    <PageShell
      title={t("brief.summary")} width="wide"
      lead={<>{t("brief.from", { from: data.from_name, to: data.to_names.join(t("brief.and")) })} {data.why} <Time at={data.at} /></>}
      actions={<Button className={styles.print} icon={<PrinterOutlined />} onClick={() => { window.print(); }}>{t("brief.print")}</Button>}
    >
      <div className={styles.page}>
        <Panel title={t("brief.counts")}>
          <p>{data.counts.map((one) => `${one.label} ${one.count.toString()}`).join(" · ")}</p>
          {data.waiting.map((words) => <p key={words} className={styles.waits}>{words}</p>)}
        </Panel>
        {data.top.map((brief) => (
          <Panel key={brief.id} title={<Link to={`/people/contacts/${brief.contact.id.toString()}`}>{brief.contact.name}</Link>}>
            <BriefText brief={brief} />
          </Panel>
        ))}
      </div>
    </PageShell>
  );
}
