import { DeleteOutlined, EditOutlined, PlusOutlined, UserAddOutlined } from "@ant-design/icons";
import type { WechatTag } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRemoveTag, useSaveTag, wechatTagsQuery } from "../../api/wechatTags";
import styles from "./Wechat.module.css";
import { WechatTagging } from "./WechatTagging";

interface Open {
  act: "new" | "rename" | "put";
  tag?: WechatTag;
}

/** Tags that WeChat keeps on an account's followers; special menus are for them. */
export function WechatTags({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatTagsQuery(id));
  const [open, setOpen] = useState<Open>();
  const close = () => { setOpen(undefined); };
  const add = mayKeep && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setOpen({ act: "new" }); }}>{t("wechat.tags.add")}</Button>;
  return (
    <Panel title={t("wechat.tags.title")} extra={data && data.items.length > 0 && add} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.tags.empty")} text={t("wechat.tags.emptyText")} action={add} />}
      <ul className={styles.lines}>
        {data?.items.map((tag) => <Line key={tag.id} id={id} tag={tag} mayKeep={mayKeep} open={(act) => { setOpen({ act, tag }); }} />)}
      </ul>
      {open && open.act !== "put" && <TagForm id={id} tag={open.tag} close={close} />}
      {open?.act === "put" && open.tag && <WechatTagging id={id} tag={open.tag} close={close} />}
    </Panel>
  );
}

function Line({ id, tag, mayKeep, open }: { id: number; tag: WechatTag; mayKeep: boolean; open: (act: "rename" | "put") => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveTag(id);
  const gone = () => { remove.mutate(tag.id, { onSuccess: () => { toast.done(t("wechat.tags.removed")); }, onError: toast.failed }); };
  const still = tag.state === "making" || tag.state === "leaving" ? tag.state : undefined;
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <b>{tag.name}</b>
        <span className={styles.second}>{still ? t(`wechat.tags.state.${still}`) : t("wechat.tags.people", { count: tag.people })}</span>
        {tag.problem && <span className={styles.bad}>{tag.problem}</span>}
      </div>
      {mayKeep && !still && (
        <div className={styles.acts}>
          {tag.state === "ready" && <Button size="small" icon={<UserAddOutlined />} onClick={() => { open("put"); }}>{t("wechat.tags.put")}</Button>}
          <Button size="small" icon={<EditOutlined />} onClick={() => { open("rename"); }} aria-label={`${t("wechat.tags.rename")} ${tag.name}`} />
          <Popconfirm title={t("wechat.tags.sure", { name: tag.name })} onConfirm={gone}>
            <Button size="small" danger icon={<DeleteOutlined />} loading={remove.isPending} aria-label={`${t("wechat.menuEditor.remove")} ${tag.name}`} />
          </Popconfirm>
        </div>
      )}
    </li>
  );
}

function TagForm({ id, tag, close }: { id: number; tag: WechatTag | undefined; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveTag(id, tag?.id);
  const kept = useKeptForm<{ name: string }>({
    name: `wechat.tag.${id.toString()}.${tag?.id.toString() ?? "new"}`,
    initial: { name: tag?.name ?? "" },
    submit: (values) => save.mutateAsync(values.name),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.saved"));
    close();
  };
  return (
    <Drawer
      open size="min(420px, 100vw)" title={t(tag ? "wechat.tags.rename" : "wechat.tags.add")} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.save")}</Button>}
    >
      <Form<{ name: string }> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="name" label={t("wechat.tags.name")} extra={t("wechat.tags.nameHelp")} rules={[{ required: true, whitespace: true, message: t("wechat.needed") }]}><Input maxLength={30} /></Form.Item>
      </Form>
    </Drawer>
  );
}
