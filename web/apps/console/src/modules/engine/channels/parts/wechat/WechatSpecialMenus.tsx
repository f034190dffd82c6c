import { DeleteOutlined, EditOutlined, PlusOutlined } from "@ant-design/icons";
import type { WechatSpecialMenu, WechatSpecialMenuChange } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Form, Input, Popconfirm, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRemoveSpecialMenu, useSaveSpecialMenu, wechatMenusQuery, wechatTagsQuery } from "../../api/wechatTags";
import styles from "./Wechat.module.css";
import { WechatMenuButtons } from "./WechatMenuButtons";

const PLATFORMS = ["", "1", "2", "3"] as const;
type Platform = (typeof PLATFORMS)[number];
const NAMES = { "": "any", "1": "ios", "2": "android", "3": "others" } as const;
const NEW: WechatSpecialMenuChange = { name: "", wechat_tag_id: null, platform: "", buttons: [{ name: "", action: "view", key: "", url: "", app_id: "", path: "", article_id: "", below: [] }] };

/** Menus that only some followers see, in the order in which WeChat tries them. */
export function WechatSpecialMenus({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const { data, error, refetch } = useQuery(wechatMenusQuery(id));
  const [open, setOpen] = useState<WechatSpecialMenu | "new">();
  const add = mayKeep && <Button icon={<PlusOutlined />} onClick={() => { setOpen("new"); }}>{t("wechat.menus.add")}</Button>;
  return (
    <Panel title={t("wechat.menus.title")} extra={data && data.items.length > 0 && add} flush>
      {!data && (error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />)}
      {data?.items.length === 0 && <Empty title={t("wechat.menus.empty")} text={t("wechat.menus.emptyText")} action={add} />}
      <ul className={styles.lines}>
        {data?.items.map((menu) => <Line key={menu.id} id={id} menu={menu} mayKeep={mayKeep} edit={() => { setOpen(menu); }} />)}
      </ul>
      {open && <MenuForm id={id} menu={open === "new" ? undefined : open} close={() => { setOpen(undefined); }} />}
    </Panel>
  );
}

function Line({ id, menu, mayKeep, edit }: { id: number; menu: WechatSpecialMenu; mayKeep: boolean; edit: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveSpecialMenu(id);
  const gone = () => { remove.mutate(menu.id, { onSuccess: () => { toast.done(t("wechat.menus.removed")); }, onError: toast.failed }); };
  const platform = menu.platform as Platform;
  const whom = [menu.tag_name && t("wechat.menus.withTag", { name: menu.tag_name }), platform && t(`wechat.menus.platform.${NAMES[platform]}`)].filter(Boolean);
  return (
    <li className={styles.line}>
      <div className={styles.what}>
        <b>{menu.name}</b>
        <span>{whom.join(" · ")}</span>
        <span className={styles.second}>{menu.buttons.map((button) => button.name).join(" / ")}</span>
        <span className={styles.second}>
          {menu.leaving ? t("wechat.tags.state.leaving") : menu.put_at ? <>{t("wechat.menuEditor.putAt")} <Time at={menu.put_at} /></> : !menu.problem && t("wechat.menus.putting")}
        </span>
        {menu.problem && <span className={styles.bad}>{t("wechat.menuEditor.problem", { problem: menu.problem })}</span>}
      </div>
      {mayKeep && !menu.leaving && (
        <div className={styles.acts}>
          <Button size="small" icon={<EditOutlined />} onClick={edit} aria-label={`${t("wechat.menus.edit")} ${menu.name}`} />
          <Popconfirm title={t("wechat.menus.sure")} onConfirm={gone}>
            <Button size="small" danger icon={<DeleteOutlined />} loading={remove.isPending} aria-label={`${t("wechat.menuEditor.remove")} ${menu.name}`} />
          </Popconfirm>
        </div>
      )}
    </li>
  );
}

function MenuForm({ id, menu, close }: { id: number; menu: WechatSpecialMenu | undefined; close: () => void }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveSpecialMenu(id, menu?.id);
  const tags = useQuery(wechatTagsQuery(id)).data?.items ?? [];
  const kept = useKeptForm<WechatSpecialMenuChange>({
    name: `wechat.special-menu.${id.toString()}.${menu?.id.toString() ?? "new"}`,
    initial: menu ? { name: menu.name, wechat_tag_id: menu.wechat_tag_id, platform: menu.platform, buttons: menu.buttons } : NEW,
    submit: (values) => save.mutateAsync({ ...values, wechat_tag_id: values.wechat_tag_id ?? null }),
  });
  const submit = async () => {
    if (!(await kept.send())) return;
    toast.done(t("wechat.menuEditor.published"));
    close();
  };
  const offered = tags.filter((tag) => tag.state === "ready" || tag.state === "making").map((tag) => ({ value: tag.id, label: tag.name }));
  return (
    <Drawer
      open size="min(680px, 100vw)" title={t(menu ? "wechat.menus.edit" : "wechat.menus.add")} onClose={close}
      footer={<Button type="primary" loading={kept.busy} onClick={() => { kept.form.submit(); }}>{t("wechat.menuEditor.publish")}</Button>}
    >
      <Form<WechatSpecialMenuChange> form={kept.form} layout="vertical" initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.Item name="name" label={t("wechat.menus.name")} extra={t("wechat.mass.nameHelp")} rules={[{ required: true, whitespace: true, message: t("wechat.needed") }]}><Input maxLength={60} /></Form.Item>
        <div className={styles.row}>
          <Form.Item name="wechat_tag_id" label={t("wechat.menus.tag")} extra={t("wechat.menus.tagHelp")}>
            <Select allowClear options={offered} placeholder={t("wechat.menus.anybody")} />
          </Form.Item>
          <Form.Item name="platform" label={t("wechat.menus.platform.label")}>
            <Select options={PLATFORMS.map((value) => ({ value, label: t(`wechat.menus.platform.${NAMES[value]}`) }))} />
          </Form.Item>
        </div>
        <WechatMenuButtons />
      </Form>
    </Drawer>
  );
}
