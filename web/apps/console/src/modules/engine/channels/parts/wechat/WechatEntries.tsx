import { DeleteOutlined, PlusOutlined, ReloadOutlined } from "@ant-design/icons";
import type { NewWechatEntry, WechatEntry } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button, Drawer, Form, Input, Popconfirm, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAddEntry, useRemoveEntry, useRenewEntry, useWechatEntries } from "../../api/wechatTags";
import styles from "./Wechat.module.css";

const FORMS = ["code", "link", "scheme"] as const;
const DAYS = [1, 7, 30];
const NEW: NewWechatEntry = { name: "", form: "code", page: "", said: "", days: 30 };

/** Codes to print and addresses to send, each of which opens a page of the mini-program. */
export function WechatEntries({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const [making, setMaking] = useState(false);
  const list = useWechatEntries(id, making);
  const [open, setOpen] = useState(false);
  const waiting = list.rows.some((entry) => entry.state === "making");
  if (waiting !== making) setMaking(waiting);
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen(true); }}>{t("wechat.entries.add")}</Button>;
  return (
    <Panel title={t("wechat.entries.title")} extra={list.rows.length > 0 && add} flush>
      {list.loading && <Waiting />}
      {list.error && <ErrorNotice error={list.error} retry={list.retry} />}
      {!list.loading && !list.error && list.rows.length === 0 && <Empty title={t("wechat.entries.empty")} text={t("wechat.entries.emptyText")} action={add} />}
      <ul className={styles.lines}>{list.rows.map((entry) => <Line key={entry.id} id={id} entry={entry} mayKeep={mayKeep} />)}</ul>
      <More list={list} />
      {open && <EntryForm id={id} close={() => { setOpen(false); }} />}
    </Panel>
  );
}

function Line({ id, entry, mayKeep }: { id: number; entry: WechatEntry; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveEntry(id);
  const renew = useRenewEntry(id);
  const gone = () => { remove.mutate(entry.id, { onSuccess: () => { toast.done(t("wechat.entries.removed")); }, onError: toast.failed }); };
  const again = () => { renew.mutate(entry.id, { onError: toast.failed }); };
  return (
    <li className={styles.line}>
      {entry.form === "code" && (entry.picture_url
        ? <img className={styles.picture} src={entry.picture_url} alt={t("wechat.entries.picture", { name: entry.name })} />
        : <span className={styles.noPicture}>{t(`wechat.entries.state.${entry.state}`)}</span>)}
      <div className={styles.what}>
        <b>{entry.name}</b>
        <span className={styles.second}>{t(`wechat.entries.form.${entry.form}`)} · {entry.page || t("wechat.entries.first")}{entry.said && ` · ${entry.said}`}</span>
        {entry.address && <span>{entry.address} <CopyText text={entry.address} label={t("wechat.entries.copy")} /></span>}
        <span className={entry.state === "over" ? styles.bad : styles.second}>
          {t(`wechat.entries.state.${entry.state}`)}{entry.ends_at && <> · {t("wechat.entries.ends")} <Time at={entry.ends_at} /></>}
        </span>
        {entry.problem && <span className={styles.bad}>{entry.problem}</span>}
      </div>
      <div className={styles.acts}>
        {entry.picture_url && <Button size="small" href={entry.picture_url} download>{t("wechat.entries.download")}</Button>}
        {mayKeep && (entry.state === "over" || entry.state === "failed") && (
          <Button size="small" icon={<ReloadOutlined />} loading={renew.isPending} onClick={again}>{t("wechat.entries.renew")}</Button>
        )}
        {mayKeep && (
          <Popconfirm title={t("wechat.entries.sure")} onConfirm={gone}>
            <Button size="small" danger icon={<DeleteOutlined />} loading={remove.isPending} aria-label={`${t("wechat.menuEditor.remove")} ${entry.name}`} />
          </Popconfirm>
        )}
      </div>
    </li>
  );
}

function EntryForm({ id, close }: { id: number; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const add = useAddEntry(id);
  const kept = useKeptForm<NewWechatEntry>({ name: `wechat.entry.${id.toString()}`, initial: NEW, submit: (values) => add.mutateAsync({ ...NEW, ...values }) });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.saved"));
    close();
  };
  const needed = [{ required: true, whitespace: true, message: t("wechat.needed") }];
  return (
    <Drawer
      open size="min(480px, 100vw)" title={t("wechat.entries.add")} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.entries.make")}</Button>}
    >
      <Form<NewWechatEntry> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="form" label={t("wechat.entries.form.label")}>
          <Radio.Group options={FORMS.map((value) => ({ value, label: t(`wechat.entries.form.${value}`) }))} />
        </Form.Item>
        <Form.Item name="name" label={t("wechat.entries.name")} extra={t("wechat.mass.nameHelp")} rules={needed}><Input maxLength={60} /></Form.Item>
        <Form.Item name="page" label={t("wechat.entries.page")} extra={t("wechat.entries.pageHelp")}><Input maxLength={1024} placeholder="pages/index/index" spellCheck={false} /></Form.Item>
        <Form.Item noStyle dependencies={["form"]}>
          {({ getFieldValue }) => {
            const code = getFieldValue("form") === "code";
            return (
              <>
                <Form.Item name="said" label={t(code ? "wechat.entries.scene" : "wechat.entries.query")} extra={t(code ? "wechat.entries.sceneHelp" : "wechat.entries.queryHelp")} rules={code ? needed : []}>
                  <Input maxLength={code ? 32 : 1024} spellCheck={false} />
                </Form.Item>
                {!code && (
                  <Form.Item name="days" label={t("wechat.codes.days")}>
                    <Select options={DAYS.map((value) => ({ value, label: t("wechat.codes.daysValue", { count: value }) }))} />
                  </Form.Item>
                )}
              </>
            );
          }}
        </Form.Item>
      </Form>
    </Drawer>
  );
}
