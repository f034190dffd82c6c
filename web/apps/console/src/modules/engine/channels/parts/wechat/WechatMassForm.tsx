import type { NewWechatMass, WechatMassMessage, WechatMassTarget } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Count } from "@cove/kit/region/Count";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input, Popconfirm, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ContactChoice } from "../../../../directory/people/embed/ContactChoice";
import { TagPicker } from "../../../../directory/people/embed/TagPicker";
import { useSendMass, useTryMass, wechatDraftsQuery, wechatReachQuery } from "../../api/wechatPublishing";
import styles from "./Wechat.module.css";

interface Values {
  name: string;
  form: WechatMassMessage["form"];
  content: string;
  draft_id?: number;
  kind: WechatMassTarget["kind"];
  tag_ids: number[];
}

const NEW: Values = { name: "", form: "text", content: "", kind: "all", tag_ids: [] };
const messageOf = (values: Values): WechatMassMessage => ({ form: values.form, content: values.content, draft_id: values.draft_id ?? null });
const targetOf = (values: Pick<Values, "kind" | "tag_ids">): WechatMassTarget => ({ kind: values.kind, tag_id: values.kind === "tag" ? values.tag_ids[0] ?? null : null });
const massOf = (values: Values): NewWechatMass => ({ name: values.name, message: messageOf(values), target: targetOf(values) });

/** A message to many: what, to whom, whom it would reach, and a look at it first. */
export function WechatMassForm({ id, close }: { id: number; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const send = useSendMass(id);
  const kept = useKeptForm<Values>({
    name: `wechat.mass.${id.toString()}`,
    initial: NEW,
    submit: (values) => send.mutateAsync(massOf(values)),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.mass.ordered"));
    close();
  };
  const needed = [{ required: true, whitespace: true, message: t("wechat.needed") }];
  return (
    <Drawer
      open size="min(560px, 100vw)" title={t("wechat.mass.add")} onClose={close}
      footer={(
        <Popconfirm title={t("wechat.mass.sure")} onConfirm={() => { kept.form.submit(); }}>
          <Button type="primary" loading={kept.busy}>{t("wechat.mass.send")}</Button>
        </Popconfirm>
      )}
    >
      <Form<Values> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="name" label={t("wechat.mass.name")} extra={t("wechat.mass.nameHelp")} rules={needed}><Input maxLength={60} /></Form.Item>
        <Form.Item name="form" label={t("wechat.mass.form.label")}>
          <Radio.Group options={(["text", "draft"] as const).map((value) => ({ value, label: t(`wechat.mass.form.${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["form"]}>
          {({ getFieldValue }) => getFieldValue("form") === "draft"
            ? <DraftField id={id} />
            : <Form.Item name="content" label={t("wechat.mass.content")} rules={needed}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={680} showCount /></Form.Item>}
        </Form.Item>
        <Form.Item name="kind" label={t("wechat.mass.target")}>
          <Radio.Group options={(["all", "tag"] as const).map((value) => ({ value, label: t(`wechat.mass.to.${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }) => getFieldValue("kind") === "tag" && (
            <Form.Item name="tag_ids" label={t("wechat.mass.tag")} getValueFromEvent={(ids: number[]) => ids.slice(-1)}><TagPicker /></Form.Item>
          )}
        </Form.Item>
        <Form.Item noStyle shouldUpdate>
          {({ getFieldValue }) => (
            <Reach id={id} target={targetOf({ kind: getFieldValue("kind") as Values["kind"], tag_ids: (getFieldValue("tag_ids") as number[] | undefined) ?? [] })} />
          )}
        </Form.Item>
        <Look id={id} message={() => messageOf({ ...NEW, ...(kept.form.getFieldsValue(true) as Values) })} />
      </Form>
    </Drawer>
  );
}

function DraftField({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const { data } = useQuery(wechatDraftsQuery(id));
  const drafts = data?.items.filter((draft) => draft.state === "draft") ?? [];
  return (
    <Form.Item name="draft_id" label={t("wechat.mass.draft")} extra={t("wechat.mass.draftHelp")} rules={[{ required: true, message: t("wechat.needed") }]}>
      <Select options={drafts.map((draft) => ({ value: draft.id, label: draft.articles[0]?.title ?? t("wechat.drafts.untitled") }))} />
    </Form.Item>
  );
}

/** Whom the message would reach now, and who is left out and why. */
function Reach({ id, target }: { id: number; target: WechatMassTarget }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatReachQuery(id, target));
  if (error) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <div className={styles.reach} role="status">
      <b>{t("wechat.mass.reached")} <Count value={data.reached} /> / <Count value={data.found} /></b>
      {data.held.map((held) => <span key={held.reason} className={styles.second}><Count value={held.count} /> · {held.text}</span>)}
      <span className={styles.second}>{t("wechat.mass.quota", { calls: data.calls, minute: data.calls_a_minute, month: data.most_a_month })}</span>
    </div>
  );
}

function Look({ id, message }: { id: number; message: () => WechatMassMessage }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const look = useTryMass(id);
  const [contact, setContact] = useState<number>();
  const go = () => {
    if (contact === undefined) return;
    look.mutate({ message: message(), contact_id: contact }, { onSuccess: () => { toast.done(t("wechat.mass.looked")); }, onError: toast.failed });
  };
  return (
    <Form.Item label={t("wechat.mass.look")} extra={t("wechat.mass.lookHelp")}>
      <div className={styles.look}>
        <ContactChoice onChange={setContact} />
        <Button disabled={contact === undefined} loading={look.isPending} onClick={go}>{t("wechat.mass.lookSend")}</Button>
      </div>
    </Form.Item>
  );
}
