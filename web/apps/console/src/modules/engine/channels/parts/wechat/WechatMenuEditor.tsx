import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { WechatMenu, WechatMenuButton } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { FormNotices } from "@cove/kit/form/FormNotices";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useSaveMenu, wechatMenuQuery } from "../../api/wechat";
import styles from "./Wechat.module.css";

const MOST = 3;
const MOST_BELOW = 5;
const FIELDS = {
  click: ["key"], view: ["url"], miniprogram: ["app_id", "path", "url"], article_id: ["article_id"], scancode_push: ["key"], location_select: ["key"],
} as const;
type Action = keyof typeof FIELDS;
type Path = (string | number)[];

interface Values {
  buttons: WechatMenuButton[];
}

/** The menu of an account, as its followers will see it. */
export function WechatMenuEditor({ id, mayKeep }: { id: number; mayKeep: boolean }) {
  const { data, error, refetch } = useQuery(wechatMenuQuery(id));
  if (!data) return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
  return <Editor id={id} menu={data} mayKeep={mayKeep} />;
}

function Editor({ id, menu, mayKeep }: { id: number; menu: WechatMenu; mayKeep: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const save = useSaveMenu(id);
  const kept = useKeptForm<Values>({
    name: `wechat.menu.${id.toString()}`,
    initial: { buttons: menu.buttons },
    submit: (values) => save.mutateAsync(values.buttons),
  });
  const submit = async () => { if (await kept.send()) toast.done(t("wechat.menuEditor.published")); };
  return (
    <Panel title={t("wechat.menuEditor.title")} extra={menu.put_at && <span className={styles.second}>{t("wechat.menuEditor.putAt")} <Time at={menu.put_at} /></span>}>
      <p className={styles.lead}>{t("wechat.menuEditor.text")}</p>
      {menu.problem && <Alert type="warning" showIcon title={t("wechat.menuEditor.problem", { problem: menu.problem })} style={{ marginBottom: 12 }} />}
      <Form<Values> form={kept.form} layout="vertical" disabled={!mayKeep} initialValues={kept.initial} onValuesChange={kept.changed} onFinish={() => void submit()}>
        <FormNotices kept={kept} />
        <Form.List name="buttons">
          {(rows, { add, remove }) => (
            <>
              {rows.map((row) => (
                <div key={row.key} className={styles.message}>
                  <Entry path={["buttons"]} row={row.name} top remove={() => { remove(row.name); }} />
                  <Below row={row.name} />
                </div>
              ))}
              <div className={styles.acts}>
                {rows.length < MOST && <Button icon={<PlusOutlined />} onClick={() => { add({ name: "", action: "view", below: [] }); }}>{t("wechat.menuEditor.addButton")}</Button>}
                {mayKeep && <Button type="primary" htmlType="submit" loading={kept.busy}>{t("wechat.menuEditor.publish")}</Button>}
              </div>
            </>
          )}
        </Form.List>
      </Form>
    </Panel>
  );
}

function Below({ row }: { row: number }) {
  const { t } = useTranslation("channels");
  return (
    <Form.List name={[row, "below"]}>
      {(entries, { add, remove }) => (
        <div className={styles.below}>
          {entries.map((entry) => <Entry key={entry.key} path={["buttons", row, "below"]} row={entry.name} remove={() => { remove(entry.name); }} />)}
          {entries.length < MOST_BELOW && (
            <Button size="small" icon={<PlusOutlined />} onClick={() => { add({ name: "", action: "view" }); }}>{t("wechat.menuEditor.addBelow")}</Button>
          )}
        </div>
      )}
    </Form.List>
  );
}

/** One button or entry; a button with entries below it only opens them, so it asks for nothing else. */
function Entry({ path, row, top = false, remove }: { path: Path; row: number; top?: boolean; remove: () => void }) {
  const { t } = useTranslation("channels");
  const own = [...path, row];
  return (
    <div className={styles.head}>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => {
          const opens = top && ((getFieldValue([...own, "below"]) as unknown[] | undefined) ?? []).length > 0;
          const action = (getFieldValue([...own, "action"]) as Action | "" | undefined) ?? "view";
          return (
            <div className={styles.row} style={{ flex: 1 }}>
              <Form.Item name={[row, "name"]} label={t("wechat.menuEditor.name")} rules={[{ required: true, message: t("wechat.needed") }]}><Input maxLength={20} /></Form.Item>
              {!opens && (
                <Form.Item name={[row, "action"]} label={t("wechat.menuEditor.action.label")}>
                  <Select options={(Object.keys(FIELDS) as Action[]).map((value) => ({ value, label: t(`wechat.menuEditor.action.${value}`) }))} />
                </Form.Item>
              )}
              {!opens && action && FIELDS[action].map((field) => (
                <Form.Item key={field} name={[row, field]} label={t(`wechat.menuEditor.${field}`)} rules={[{ required: true, message: t("wechat.needed") }]}><Input maxLength={1000} /></Form.Item>
              ))}
            </div>
          );
        }}
      </Form.Item>
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("wechat.menuEditor.remove")} onClick={remove} />
    </div>
  );
}
