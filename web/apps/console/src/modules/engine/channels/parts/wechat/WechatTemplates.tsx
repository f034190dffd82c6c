import type { WechatTemplate, WechatTemplateTest } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ContactChoice } from "../../../../directory/people/embed/ContactChoice";
import { useTryTemplate, wechatTemplatesQuery } from "../../api/wechatPublishing";
import styles from "./Wechat.module.css";

/** The templates of an account, each to be tried on a follower. */
export function WechatTemplates({ id, maySend }: { id: number; maySend: boolean }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatTemplatesQuery(id));
  const [open, setOpen] = useState<WechatTemplate>();
  return (
    <Panel title={t("wechat.templates.title")} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.templates.empty")} text={t("wechat.templates.emptyText")} />}
      <ul className={styles.lines}>
        {data?.items.map((template) => (
          <li key={template.id} className={styles.line}>
            <div className={styles.what}>
              <b>{template.title}</b>
              <span className={styles.template}>{template.content}</span>
              <span className={styles.second}>{t(`wechat.templates.form.${template.form}`)}</span>
            </div>
            {maySend && <Button size="small" onClick={() => { setOpen(template); }}>{t("wechat.templates.try")}</Button>}
          </li>
        ))}
      </ul>
      {open && <Try id={id} template={open} close={() => { setOpen(undefined); }} />}
    </Panel>
  );
}

function Try({ id, template, close }: { id: number; template: WechatTemplate; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const send = useTryTemplate(id, template.id);
  const kept = useKeptForm<WechatTemplateTest>({
    name: `wechat.template.${template.id.toString()}`,
    initial: { contact_id: undefined as unknown as number, data: {}, link: "" },
    submit: (values) => send.mutateAsync(values),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.mass.looked"));
    close();
  };
  const needed = [{ required: true, message: t("wechat.needed") }];
  return (
    <Drawer
      open size="min(480px, 100vw)" title={template.title} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.templates.send")}</Button>}
    >
      <Form<WechatTemplateTest> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="contact_id" label={t("wechat.templates.to")} rules={needed}><ContactChoice /></Form.Item>
        {template.fields.map((field) => (
          <Form.Item key={field} name={["data", field]} label={field} rules={needed}><Input maxLength={200} /></Form.Item>
        ))}
        <Form.Item name="link" label={t(`wechat.templates.link.${template.form}`)}><Input maxLength={1000} /></Form.Item>
      </Form>
    </Drawer>
  );
}
