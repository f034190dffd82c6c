import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, Select } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Wechat.module.css";

const MOST = 3;
const FIELDS = {
  text: ["content"],
  image: ["media_id"],
  link: ["title", "description", "url", "picture"],
  article: ["article_id"],
  mini: ["title", "app_id", "path", "media_id"],
} as const;
const OPTIONAL = new Set<string>(["description", "picture"]);

type FormName = keyof typeof FIELDS;

/** The messages of a reply or code, up to three, each with the fields of its kind. */
export function MessageList() {
  const { t } = useTranslation("channels");
  const kinds = Object.keys(FIELDS) as FormName[];
  return (
    <Form.List name="messages">
      {(rows, { add, remove }) => (
        <>
          {rows.map((row) => (
            <div key={row.key} className={styles.message}>
              <div className={styles.head}>
                <Form.Item name={[row.name, "form"]} label={t("wechat.messages.form.label")} style={{ minWidth: 180 }}>
                  <Select options={kinds.map((value) => ({ value, label: t(`wechat.messages.form.${value}`) }))} />
                </Form.Item>
                <Button type="text" icon={<DeleteOutlined />} aria-label={t("wechat.messages.remove")} onClick={() => { remove(row.name); }} />
              </div>
              <Form.Item noStyle dependencies={[["messages", row.name, "form"]]}>
                {({ getFieldValue }) => <Fields row={row.name} form={(getFieldValue(["messages", row.name, "form"]) as FormName | undefined) ?? "text"} />}
              </Form.Item>
            </div>
          ))}
          {rows.length < MOST && <Button icon={<PlusOutlined />} onClick={() => { add({ form: "text", content: "" }); }}>{t("wechat.messages.add")}</Button>}
        </>
      )}
    </Form.List>
  );
}

function Fields({ row, form }: { row: number; form: FormName }) {
  const { t } = useTranslation("channels");
  return FIELDS[form].map((field) => (
    <Form.Item
      key={field} name={[row, field]} label={t(`wechat.messages.${field === "title" ? "title_" : field}`)}
      rules={[{ required: !OPTIONAL.has(field), message: t("wechat.needed") }]}
    >
      {field === "content" ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={680} showCount /> : <Input maxLength={1000} />}
    </Form.Item>
  ));
}
