import type { WechatTag, WechatTagging as Tagging } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Button, Drawer, Form, Radio } from "antd";
import { useTranslation } from "react-i18next";

import { ContactChoice } from "../../../../directory/people/embed/ContactChoice";
import { TagPicker } from "../../../../directory/people/embed/TagPicker";
import { useTagFollowers } from "../../api/wechatTags";

interface Values {
  put: boolean;
  kind: "tag" | "contacts";
  tag_ids: number[];
  contact_id?: number;
}

const NEW: Values = { put: true, kind: "tag", tag_ids: [] };

const taggingOf = (values: Values): Tagging => ({
  put: values.put,
  target: values.kind === "tag"
    ? { kind: "tag", tag_id: values.tag_ids[0] ?? null, contact_ids: [] }
    : { kind: "contacts", tag_id: null, contact_ids: values.contact_id === undefined ? [] : [values.contact_id] },
});

/** Put one of WeChat's tags on followers, or take it off: those with one of our tags, or one person. */
export function WechatTagging({ id, tag, close }: { id: number; tag: WechatTag; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const change = useTagFollowers(id, tag.id);
  const kept = useKeptForm<Values>({
    name: `wechat.tagging.${id.toString()}.${tag.id.toString()}`,
    initial: NEW,
    submit: async (values) => {
      const done = await change.mutateAsync(taggingOf(values));
      toast.done(t("wechat.tags.ordered", { count: done.people }));
    },
  });
  const submit = async () => { if (await kept.send()) close(); };
  const chosen = [{ required: true, message: t("wechat.needed") }];
  return (
    <Drawer
      open size="min(480px, 100vw)" title={t("wechat.tags.putTitle", { name: tag.name })} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.tags.go")}</Button>}
    >
      <Form<Values> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="put" label={t("wechat.tags.what")}>
          <Radio.Group options={[{ value: true, label: t("wechat.tags.on") }, { value: false, label: t("wechat.tags.off") }]} />
        </Form.Item>
        <Form.Item name="kind" label={t("wechat.tags.whom")}>
          <Radio.Group options={(["tag", "contacts"] as const).map((value) => ({ value, label: t(`wechat.tags.to.${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }) => getFieldValue("kind") === "tag"
            ? <Form.Item name="tag_ids" label={t("wechat.mass.tag")} rules={chosen} getValueFromEvent={(ids: number[]) => ids.slice(-1)}><TagPicker /></Form.Item>
            : <Form.Item name="contact_id" label={t("wechat.tags.person")} rules={chosen}><ContactChoice /></Form.Item>}
        </Form.Item>
      </Form>
    </Drawer>
  );
}
