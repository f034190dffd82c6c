import { DownloadOutlined } from "@ant-design/icons";
import type { PlanLanguage } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Segmented, Space } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import styles from "../../parts/plan/plan.module.css";
import { PlanTabs } from "../../parts/plan/PlanTabs";
import { PLAN, snippetQuery } from "../../api/plan";

const LANGUAGES = ["web", "miniprogram", "python"] as const satisfies readonly PlanLanguage[];

function download(file: string, code: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([code], { type: "text/plain;charset=utf-8" }));
  link.download = file;
  link.click();
  URL.revokeObjectURL(link.href);
}

export default function Code() {
  const { t } = useTranslation("tracking");
  const [state, change] = useUrlState();
  const language = LANGUAGES.find((one) => one === state.language) ?? "web";
  const { data, error, refetch } = useQuery(snippetQuery(language));
  return (
    <PageShell title={t("plan.title")} lead={data && data.version > 0 ? t("plan.code.lead", { version: data.version }) : undefined}>
      <PlanTabs />
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.version === 0 && (
        <Panel><Empty title={t("plan.code.none")} text={t("plan.code.noneText")} action={<Link to={PLAN}><Button type="primary">{t("plan.tab.events")}</Button></Link>} /></Panel>
      )}
      {data && data.version > 0 && (
        <>
          <div className={styles.controls}>
            <Segmented value={language} options={LANGUAGES.map((value) => ({ value, label: t(`plan.code.languages.${value}`) }))} onChange={(chosen) => { change({ language: chosen }); }} />
          </div>
          <p className={styles.lead}>{t(`plan.code.how.${language}`, { file: data.file })} {t("plan.code.same")}</p>
          <Panel
            title={data.file} flush
            extra={<Space><CopyText text={data.code} label={t("plan.code.copy")} showLabel /><Button icon={<DownloadOutlined />} onClick={() => { download(data.file, data.code); }}>{t("plan.code.download")}</Button></Space>}
          >
            {/* A long text that scrolls must be reachable by keyboard. */}
            {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
            <pre className={styles.code} tabIndex={0} aria-label={data.file}>{data.code}</pre>
          </Panel>
        </>
      )}
    </PageShell>
  );
}
