import { EditOutlined, PlusOutlined, TeamOutlined } from "@ant-design/icons";
import type { NewWechatCode, WechatCode } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button, Drawer, Form, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { TagPicker } from "../../../../directory/people/embed/TagPicker";
import { useSaveCode, useWechatCodes } from "../../api/wechat";
import { MessageList } from "./MessageList";
import styles from "./Wechat.module.css";
import { WechatScanners } from "./WechatScanners";

const NEW: NewWechatCode = { name: "", scene: "", days: 0, tag_ids: [], messages: [] };
const DAYS = [0, 1, 7, 30];

/** Codes with a source: who scanned which is known, and what follows from it. */
export function WechatCodes({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const [making, setMaking] = useState(false);
  const list = useWechatCodes(id, making);
  // A code is made within seconds; until then its picture is asked for again.
  const waiting = list.rows.some((code) => !code.picture_url && !code.problem);
  if (waiting !== making) setMaking(waiting);
  const [open, setOpen] = useState<WechatCode | "new">();
  const [asked, ask] = useState<WechatCode>();
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen("new"); }}>{t("wechat.codes.add")}</Button>;
  const none = !list.loading && !list.error && list.rows.length === 0;
  return (
    <Panel title={t("wechat.codes.title")} extra={!none && add} flush>
      {list.loading && <Waiting />}
      {list.error && <ErrorNotice error={list.error} retry={list.retry} />}
      {none && <Empty title={t("wechat.codes.empty")} text={t("wechat.codes.emptyText")} action={add} />}
      <ul className={styles.lines}>
        {list.rows.map((code) => <Line key={code.id} code={code} mayKeep={mayKeep} edit={() => { setOpen(code); }} ask={() => { ask(code); }} />)}
      </ul>
      <More list={list} />
      {asked && <WechatScanners id={id} code={asked} close={() => { ask(undefined); }} />}
      {open && <CodeForm id={id} code={open === "new" ? undefined : open} close={() => { setOpen(undefined); }} />}
    </Panel>
  );
}

function Line({ code, mayKeep, edit, ask }: { code: WechatCode; mayKeep: boolean; edit: () => void; ask: () => void }) {
  const { t } = useTranslation("channels");
  return (
    <li className={styles.line}>
      {code.picture_url
        ? <img className={styles.picture} src={code.picture_url} alt={t("wechat.codes.picture", { name: code.name })} />
        : <span className={styles.noPicture}>{code.problem ?? t("wechat.codes.making")}</span>}
      <div className={styles.what}>
        <b>{code.name}</b>
        <span className={styles.second}>{t("wechat.codes.scene")} {code.scene} · {code.expires_at ? <Time at={code.expires_at} /> : t("wechat.codes.forEver")}</span>
        <span className={styles.second}>{t("wechat.codes.follows", { count: code.follows })} · {t("wechat.codes.scans", { count: code.scans })}</span>
      </div>
      <div className={styles.acts}>
        <Button size="small" icon={<TeamOutlined />} onClick={ask} aria-label={t("scanners.title", { name: code.name })}>{t("scanners.open")}</Button>
        {mayKeep && <Button size="small" icon={<EditOutlined />} onClick={edit} aria-label={`${t("wechat.codes.edit")} ${code.name}`} />}
      </div>
    </li>
  );
}

function CodeForm({ id, code, close }: { id: number; code: WechatCode | undefined; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveCode(id, code?.id);
  const kept = useKeptForm<NewWechatCode>({
    name: `wechat.code.${id.toString()}.${code?.id.toString() ?? "new"}`,
    initial: code ? { name: code.name, scene: code.scene, days: 0, tag_ids: code.tag_ids, messages: code.messages } : NEW,
    submit: (values) => save.mutateAsync(values),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.saved"));
    close();
  };
  const days = DAYS.map((value) => ({ value, label: value ? t("wechat.codes.daysValue", { count: value }) : t("wechat.codes.forEver") }));
  return (
    <Drawer
      open size="min(520px, 100vw)" title={t(code ? "wechat.codes.edit" : "wechat.codes.add")} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.save")}</Button>}
    >
      <Form<NewWechatCode> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="name" label={t("wechat.codes.name")} rules={[{ required: true, whitespace: true, message: t("wechat.needed") }]}><Input maxLength={60} /></Form.Item>
        {!code && <Form.Item name="scene" label={t("wechat.codes.scene")} extra={t("wechat.codes.sceneHelp")}><Input maxLength={64} /></Form.Item>}
        {!code && <Form.Item name="days" label={t("wechat.codes.days")}><Select options={days} /></Form.Item>}
        <Form.Item name="tag_ids" label={t("wechat.codes.tags")}><TagPicker /></Form.Item>
        <MessageList />
      </Form>
    </Drawer>
  );
}
