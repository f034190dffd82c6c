import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import type { WechatReply, WechatReplyChange } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input, Popconfirm, Radio, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRemoveReply, useSaveReply, wechatRepliesQuery } from "../../api/wechat";
import { MessageList } from "./MessageList";
import styles from "./Wechat.module.css";

const NEW: WechatReplyChange = { on: "keyword", name: "", keywords: [], whole: false, messages: [{ form: "text", content: "" } as WechatReplyChange["messages"][number]], active: true };
const WAYS = ["follow", "keyword", "other"] as const;

interface KeepingProps {
  id: number;
  mayKeep: boolean;
}

/** What an account answers by itself. */
export function WechatReplies({ id, mayKeep }: KeepingProps) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatRepliesQuery(id));
  const [open, setOpen] = useState<WechatReply | "new">();
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen("new"); }}>{t("wechat.replies.add")}</Button>;
  return (
    <Panel title={t("wechat.replies.title")} extra={data && data.items.length > 0 && add} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.replies.empty")} text={t("wechat.replies.emptyText")} action={add} />}
      <ul className={styles.lines}>
        {data?.items.map((reply) => <Line key={reply.id} id={id} reply={reply} mayKeep={mayKeep} edit={() => { setOpen(reply); }} />)}
      </ul>
      {open && <ReplyForm id={id} reply={open === "new" ? undefined : open} close={() => { setOpen(undefined); }} />}
    </Panel>
  );
}

function Line({ id, reply, mayKeep, edit }: { id: number; reply: WechatReply; mayKeep: boolean; edit: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveReply(id);
  const gone = () => { remove.mutate(reply.id, { onSuccess: () => { toast.done(t("wechat.replies.removed")); }, onError: toast.failed }); };
  const first = reply.messages.find((message) => message.content)?.content;
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <b>{reply.name}{!reply.active && <span className={styles.bad}> · {t("wechat.replies.off")}</span>}</b>
        <span className={styles.second}>
          {t(`wechat.replies.on.${reply.on}`)}{reply.on === "keyword" && `：${(reply.keywords ?? []).join("、")}`} · {first ?? t("wechat.replies.count", { count: reply.messages.length })}
        </span>
      </div>
      {mayKeep && (
        <div className={styles.acts}>
          <Button size="small" icon={<EditOutlined />} onClick={edit} aria-label={`${t("wechat.replies.edit")} ${reply.name}`} />
          <Popconfirm title={t("wechat.remove.title", { name: reply.name })} onConfirm={gone}>
            <Button size="small" danger icon={<DeleteOutlined />} aria-label={`${t("wechat.menuEditor.remove")} ${reply.name}`} />
          </Popconfirm>
        </div>
      )}
    </li>
  );
}

function ReplyForm({ id, reply, close }: { id: number; reply: WechatReply | undefined; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveReply(id, reply?.id);
  const kept = useKeptForm<WechatReplyChange>({
    name: `wechat.reply.${id.toString()}.${reply?.id.toString() ?? "new"}`,
    initial: reply ?? NEW,
    submit: (values) => save.mutateAsync(values),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.saved"));
    close();
  };
  return (
    <Drawer
      open size="min(520px, 100vw)" title={t(reply ? "wechat.replies.edit" : "wechat.replies.add")} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.save")}</Button>}
    >
      <Form<WechatReplyChange> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="on" label={t("wechat.replies.on.label")}>
          <Radio.Group options={WAYS.map((value) => ({ value, label: t(`wechat.replies.on.${value}`) }))} />
        </Form.Item>
        <Form.Item name="name" label={t("wechat.replies.name")} rules={[{ required: true, whitespace: true, message: t("wechat.needed") }]}><Input maxLength={60} /></Form.Item>
        <Form.Item noStyle dependencies={["on"]}>
          {({ getFieldValue }) => getFieldValue("on") === "keyword" && <Keywords />}
        </Form.Item>
        <MessageList />
        <Form.Item name="active" label={t("wechat.replies.active")} valuePropName="checked" style={{ marginTop: 16 }}><Switch /></Form.Item>
      </Form>
    </Drawer>
  );
}

function Keywords() {
  const { t } = useTranslation("channels");
  return (
    <>
      <Form.Item name="keywords" label={t("wechat.replies.keywords")} extra={t("wechat.replies.keywordsHelp")}><Select mode="tags" open={false} suffix={null} /></Form.Item>
      <Form.Item name="whole" label={t("wechat.replies.whole")} valuePropName="checked"><Switch /></Form.Item>
    </>
  );
}
