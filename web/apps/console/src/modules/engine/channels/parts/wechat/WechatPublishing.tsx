import { PlusOutlined } from "@ant-design/icons";
import type { WechatDraft, WechatMass } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePublishDraft, wechatDraftsQuery, wechatMassQuery } from "../../api/wechatPublishing";
import styles from "./Wechat.module.css";
import { WechatMassForm } from "./WechatMassForm";

interface PublishingProps {
  id: number;
  maySend: boolean;
}

/** What an account publishes, and what it sends to many. */
export function WechatPublishing({ id, maySend }: PublishingProps) {
  return <div className={styles.page}><Masses id={id} maySend={maySend} /><Drafts id={id} maySend={maySend} /></div>;
}

function Masses({ id, maySend }: PublishingProps) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatMassQuery(id));
  const [open, setOpen] = useState(false);
  const add = maySend && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen(true); }}>{t("wechat.mass.add")}</Button>;
  return (
    <Panel title={t("wechat.mass.title")} extra={data && data.items.length > 0 && add} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.mass.empty")} text={t("wechat.mass.emptyText")} action={add} />}
      <ul className={styles.lines}>{data?.items.map((mass) => <MassLine key={mass.id} mass={mass} />)}</ul>
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
  const { data, error, refetch } = useQuery(wechatDraftsQuery(id));
  return (
    <Panel title={t("wechat.drafts.title")} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.drafts.empty")} text={t("wechat.drafts.emptyText")} />}
      <ul className={styles.lines}>{data?.items.map((draft) => <DraftLine key={draft.id} id={id} draft={draft} maySend={maySend} />)}</ul>
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
