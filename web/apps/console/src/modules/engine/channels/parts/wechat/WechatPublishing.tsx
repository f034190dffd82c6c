import { PlusOutlined } from "@ant-design/icons";
import type { Keyset } from "@cove/api/keyset";
import type { WechatDraft, WechatMass } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePublishDraft, useWechatDrafts, useWechatMasses } from "../../api/wechatPublishing";
import styles from "./Wechat.module.css";
import { WechatMassForm } from "./WechatMassForm";

interface PublishingProps {
  id: number;
  maySend: boolean;
}

const none = ({ loading, error, rows }: Keyset<unknown>) => !loading && !error && rows.length === 0;

/** What an account publishes, and what it sends to many. */
export function WechatPublishing({ id, maySend }: PublishingProps) {
  return <div className={styles.page}><Masses id={id} maySend={maySend} /><Drafts id={id} maySend={maySend} /></div>;
}

function Masses({ id, maySend }: PublishingProps) {
  const { t } = useTranslation("channels");
  const [waiting, setWaiting] = useState(false);
  const list = useWechatMasses(id, waiting);
  const some = list.rows.some((one) => one.state === "waiting");
  if (some !== waiting) setWaiting(some);
  const [open, setOpen] = useState(false);
  const add = maySend && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen(true); }}>{t("wechat.mass.add")}</Button>;
  return (
    <Panel title={t("wechat.mass.title")} extra={list.rows.length > 0 && add} flush>
      {list.loading && <Waiting />}
      {list.error && <ErrorNotice error={list.error} retry={list.retry} />}
      {none(list) && <Empty title={t("wechat.mass.empty")} text={t("wechat.mass.emptyText")} action={add} />}
      <ul className={styles.lines}>{list.rows.map((mass) => <MassLine key={mass.id} mass={mass} />)}</ul>
      <More list={list} />
      {open && <WechatMassForm id={id} close={() => { setOpen(false); }} />}
    </Panel>
  );
}

function MassLine({ mass }: { mass: WechatMass }) {
  const { t } = useTranslation("channels");
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <b>{mass.name}</b>
        <span className={styles.clipped}>{mass.form === "draft" ? t("wechat.mass.article", { title: mass.text }) : mass.text}</span>
        <span className={styles.second}>{mass.target} · <Time at={mass.created_at} /></span>
        {mass.problem && <span className={styles.bad}>{mass.problem}</span>}
      </div>
      <div className={styles.figures}>
        <span>{t(`wechat.mass.state.${mass.state}`)}</span>
        <span className={styles.second}>{t("wechat.mass.sent")} <Count value={mass.sent} /> · {t("wechat.mass.failed")} <Count value={mass.failed} /> · {t("wechat.mass.held")} <Count value={mass.held} /></span>
      </div>
    </li>
  );
}

function Drafts({ id, maySend }: PublishingProps) {
  const { t } = useTranslation("channels");
  const [publishing, setPublishing] = useState(false);
  const list = useWechatDrafts(id, publishing);
  const some = list.rows.some((draft) => draft.state === "publishing");
  if (some !== publishing) setPublishing(some);
  return (
    <Panel title={t("wechat.drafts.title")} flush>
      {list.loading && <Waiting />}
      {list.error && <ErrorNotice error={list.error} retry={list.retry} />}
      {none(list) && <Empty title={t("wechat.drafts.empty")} text={t("wechat.drafts.emptyText")} />}
      <ul className={styles.lines}>{list.rows.map((draft) => <DraftLine key={draft.id} id={id} draft={draft} maySend={maySend} />)}</ul>
      <More list={list} />
    </Panel>
  );
}

function DraftLine({ id, draft, maySend }: PublishingProps & { draft: WechatDraft }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const publish = usePublishDraft(id);
  const [first, ...others] = draft.articles;
  const shown = draft.article_url || first?.url;
  const go = () => { publish.mutate(draft.id, { onSuccess: () => { toast.done(t("wechat.drafts.submitted")); }, onError: toast.failed }); };
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <b>{first?.title ?? t("wechat.drafts.untitled")}</b>
        {first?.digest && <span className={styles.clipped}>{first.digest}</span>}
        <span className={styles.second}>
          {t(`wechat.drafts.state.${draft.state}`)} · <Time at={draft.published_at ?? draft.updated_at} />
          {others.length > 0 && ` · ${t("wechat.drafts.others", { count: others.length })}`}
        </span>
        {draft.problem && <span className={styles.bad}>{draft.problem}</span>}
      </div>
      <div className={styles.acts}>
        {shown && <Button size="small" href={shown} target="_blank" rel="noreferrer">{t("wechat.drafts.view")}</Button>}
        {maySend && (draft.state === "draft" || draft.state === "failed") && (
          <Popconfirm title={t("wechat.drafts.sure")} onConfirm={go}>
            <Button size="small" loading={publish.isPending}>{t("wechat.drafts.publish")}</Button>
          </Popconfirm>
        )}
      </div>
    </li>
  );
}
