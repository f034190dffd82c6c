import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import styles from "./Wechat.module.css";

const MOST = 3;
const MOST_BELOW = 5;
const FIELDS = {
  click: ["key"], view: ["url"], miniprogram: ["app_id", "path", "url"], article_id: ["article_id"], scancode_push: ["key"], location_select: ["key"],
} as const;
type Action = keyof typeof FIELDS;
type Path = (string | number)[];

/** The buttons of a menu, as a part of a form; `children` stand beside the button that adds one. */
export function WechatMenuButtons({ children }: { children?: ReactNode }) {
  const { t } = useTranslation("channels");
  return (
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
            {children}
          </div>
        </>
      )}
    </Form.List>
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
