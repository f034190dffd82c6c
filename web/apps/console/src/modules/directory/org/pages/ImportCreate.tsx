import { DownloadOutlined, InboxOutlined } from "@ant-design/icons";
import type { MemberImport, MemberImportLine } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Result, Space, Steps, Table, Tag, Tooltip, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { importQuery, useConfirmImport, useUploadMembers } from "../api/members";
import styles from "./ImportCreate.module.css";

const LIST = "/settings/organisation";
const COLUMNS = ["name", "email", "phone", "job_title", "departments", "userid"] as const;

/** Three steps: the file, what it would do, what it did. The number of the import is in the URL, so a reload shows the same. */
export default function ImportCreate() {
  const { t } = useTranslation("org");
  const [state, change] = useUrlState();
  const id = urlNumber(state.import);
  return (
    <PageShell title={t("import.title")} lead={t("import.lead")} width="wide" actions={<Link to={LIST}><Button>{t("import.toList")}</Button></Link>}>
      {id === undefined ? <Choose start={(made) => { change({ import: made.toString() }); }} /> : <Checked id={id} again={() => { change({ import: undefined }); }} />}
    </PageShell>
  );
}

function Progress({ step }: { step: number }) {
  const { t } = useTranslation("org");
  return <Steps className={styles.steps} size="small" current={step} items={[{ title: t("import.file") }, { title: t("import.check") }, { title: t("import.done") }]} />;
}

function Choose({ start }: { start: (id: number) => void }) {
  const { t } = useTranslation("org");
  const upload = useUploadMembers();
  const [createDepartments, setCreate] = useState(true);
  const send = (file: File) => { upload.mutate({ file, createDepartments }, { onSuccess: (made) => { start(made.id); } }); };
  return (
    <Panel>
      <Progress step={0} />
      {upload.error && <ErrorNotice error={upload.error} />}
      <Upload.Dragger accept=".xlsx,.csv" showUploadList={false} disabled={upload.isPending} beforeUpload={(file) => { send(file); return false; }}>
        <p className="ant-upload-drag-icon"><InboxOutlined /></p>
        <p>{t(upload.isPending ? "import.checking" : "import.drop")}</p>
        <p className={styles.hint}>{t("import.limits")}</p>
      </Upload.Dragger>
      <Space className={styles.foot} wrap>
        <Checkbox checked={createDepartments} onChange={(event) => { setCreate(event.target.checked); }}>{t("import.createDepartments")}</Checkbox>
        <Button icon={<DownloadOutlined />} href="/api/members/imports/template">{t("import.template")}</Button>
      </Space>
    </Panel>
  );
}

function Checked({ id, again }: { id: number; again: () => void }) {
  const { t } = useTranslation("org");
  const { data, error } = useQuery(importQuery(id));
  if (!data) return error ? <Panel><ErrorNotice error={error} /><Button onClick={again}>{t("import.again")}</Button></Panel> : <Waiting />;
  if (data.state === "done" || data.state === "running") return <Outcome found={data} again={again} />;
  return <Preview found={data} again={again} />;
}

function Preview({ found, again }: { found: MemberImport; again: () => void }) {
  const { t } = useTranslation("org");
  const { counts } = found;
  const [skip, setSkip] = useState(false);
  const confirm = useConfirmImport();
  const good = counts.rows - counts.faulty;
  return (
    <Panel>
      <Progress step={1} />
      {confirm.error && <ErrorNotice error={confirm.error} />}
      {found.state === "failed" && <Alert className={styles.notice} type="error" showIcon title={t("import.failed")} />}
      <p>{t("import.counts", { file: found.file_name, ...counts })}</p>
      {found.new_departments.length > 0 && <p>{t("import.newDepartments", { count: found.new_departments.length, names: found.new_departments.slice(0, 12).join(t("handOver.and")) })}</p>}
      {counts.faulty > 0 && (
        <Alert className={styles.notice} type="warning" showIcon title={t("import.faulty", { count: counts.faulty })}
          action={<Button size="small" icon={<DownloadOutlined />} href={`/api/members/imports/${found.id.toString()}/faults`}>{t("import.faults")}</Button>} />
      )}
      <Lines lines={found.lines} />
      <Space className={styles.foot} wrap>
        {counts.faulty > 0 && good > 0 && <Checkbox checked={skip} onChange={(event) => { setSkip(event.target.checked); }}>{t("import.skip")}</Checkbox>}
        <Button type="primary" disabled={good === 0 || (counts.faulty > 0 && !skip)} loading={confirm.isPending}
          onClick={() => { confirm.mutate({ id: found.id, skip }); }}>{t("import.confirm", { count: good })}</Button>
        <Button onClick={again}>{t("import.again")}</Button>
      </Space>
    </Panel>
  );
}

function Lines({ lines }: { lines: MemberImportLine[] }) {
  const { t } = useTranslation("org");
  const cell = (key: (typeof COLUMNS)[number]) => (_: unknown, line: MemberImportLine) => {
    const faults = line.faults.filter((fault) => fault.column === key);
    const text = key === "departments" ? line.departments.join("; ") : line[key];
    if (faults.length === 0) return text;
    return <div className={styles.fault}><span>{text || "—"}</span><small>{faults.map((fault) => fault.message).join(" ")}</small></div>;
  };
  return (
    <Table<MemberImportLine> size="small" rowKey="row" dataSource={lines} scroll={{ x: 900, y: 420 }} pagination={false} aria-label={t("import.check")}
      columns={[
        { key: "row", title: t("import.row"), width: 64, render: (_, line) => line.row },
        { key: "action", title: t("import.action"), width: 96, render: (_, line) => line.faults.length > 0
          ? <Tag color="error">{t("import.actions.faulty")}</Tag>
          : <Tooltip title={line.action === "fill" ? t("import.fillHint") : undefined}><Tag color={line.action === "create" ? "success" : "processing"}>{t(`import.actions.${line.action}`)}</Tag></Tooltip> },
        ...COLUMNS.map((key) => ({ key, title: t(`import.columns.${key}`), render: cell(key) })),
      ]} />
  );
}

function Outcome({ found, again }: { found: MemberImport; again: () => void }) {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const { counts } = found;
  return (
    <Panel>
      <Progress step={found.state === "done" ? 3 : 2} />
      {found.job_id !== null && found.state === "running" && <JobWatch id={found.job_id} />}
      {found.state === "done" && (
        <Result status="success" title={t("import.doneTitle")} subTitle={t("import.doneText", { created: counts.created ?? 0, changed: counts.changed ?? 0, faulty: counts.faulty })}
          extra={[
            <Button key="list" type="primary" onClick={() => void navigate(LIST)}>{t("import.toList")}</Button>,
            counts.faulty > 0 && <Button key="faults" icon={<DownloadOutlined />} href={`/api/members/imports/${found.id.toString()}/faults`}>{t("import.faults")}</Button>,
            <Button key="again" onClick={again}>{t("import.again")}</Button>,
          ]} />
      )}
    </Panel>
  );
}
