import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import type { PlanTable } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { Alert, Button, Space, Table, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { ChangeTags } from "../../parts/plan/ChangeTags";
import styles from "../../parts/plan/plan.module.css";
import { PLAN, useUploadPlan } from "../../api/plan";

/** The file, what it would change, and then the change itself. */
export default function Import() {
  const { t } = useTranslation("tracking");
  const [file, setFile] = useState<File>();
  const upload = useUploadPlan();
  const look = (chosen: File) => { setFile(chosen); upload.mutate({ file: chosen, write: false }); };
  const again = () => { setFile(undefined); upload.reset(); };
  return (
    <PageShell title={t("plan.table.title")} lead={t("plan.table.lead")} width="wide" actions={<Link to={PLAN}><Button>{t("plan.table.back")}</Button></Link>}>
      <Panel>
        {upload.error && <ErrorNotice error={upload.error} />}
        {file && upload.data ? <Preview file={file} found={upload.data} again={again} /> : (
          <>
            <Upload.Dragger accept=".xlsx,.csv" showUploadList={false} disabled={upload.isPending} beforeUpload={(chosen) => { look(chosen); return false; }}>
              <p className="ant-upload-drag-icon"><InboxOutlined /></p>
              <p>{t(upload.isPending ? "plan.table.reading" : "plan.table.drop")}</p>
              <p className={styles.second}>{t("plan.table.limits")}</p>
            </Upload.Dragger>
            <p className={styles.names}><Button icon={<DownloadOutlined />} href="/api/tracking/plan/table">{t("plan.table.template")}</Button></p>
          </>
        )}
      </Panel>
    </PageShell>
  );
}

function Preview({ file, found, again }: { file: File; found: PlanTable; again: () => void }) {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const toast = useToast();
  const write = useUploadPlan();
  const send = () => {
    write.mutate({ file, write: true }, {
      onSuccess: () => { toast.done(t("plan.table.done")); void navigate(PLAN); },
      onError: toast.failed,
    });
  };
  const changes = found.added.length + found.changed.length;
  return (
    <>
      <p>{file.name}</p>
      <p>{t("plan.table.added", { count: found.added.length })} · {t("plan.table.changed", { count: found.changed.length })} · {t("plan.table.same", { count: found.same.length })}</p>
      <ChangeTags changes={{ added: found.added, changed: found.changed, removed: [] }} />
      <p className={styles.lead}>{t("plan.table.replaced")}</p>
      {found.faults.length > 0 && (
        <>
          <Alert type="warning" showIcon title={t("plan.table.faults", { count: found.faults.length })} />
          <Table size="small" rowKey={(fault) => `${fault.row.toString()} ${fault.column}`} dataSource={found.faults} pagination={false} scroll={{ x: 480, y: 360 }} aria-label={t("plan.table.fault")}
            columns={[
              { key: "row", title: t("plan.table.row"), width: 72, render: (_, fault) => fault.row },
              { key: "column", title: t("plan.table.column"), width: 120, render: (_, fault) => fault.column },
              { key: "message", title: t("plan.table.fault"), render: (_, fault) => fault.message },
            ]} />
        </>
      )}
      <Space className={styles.names} wrap>
        <Button type="primary" disabled={changes === 0 || found.faults.length > 0} loading={write.isPending} onClick={send}>{t("plan.table.write")}</Button>
        <Button onClick={again}>{t("plan.table.again")}</Button>
      </Space>
    </>
  );
}
