import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { Named } from "@cove/api/types";
import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Button, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import { MemberPicker } from "../../../directory/org/embed/MemberPicker";
import styles from "./MembersField.module.css";
import { MOST_WEIGHT, shares, type CodeValues } from "./values";

function MemberChoice({ value, onChange, except }: { value?: Named; onChange?: (member: Named | undefined) => void; except: number[] }) {
  return <MemberPicker value={value?.id} chosen={value} except={except} needsWecom minWidth={0} onChange={(member) => onChange?.(member)} />;
}

/** Who is behind the code, and how often each is shown. */
export function MembersField() {
  const { t } = useTranslation("live_codes");
  const { language } = useRegion();
  const rows = Form.useWatch<CodeValues["members"] | undefined>("members") ?? [];
  const parts = shares(rows.map((row) => row.weight));
  const chosen = rows.flatMap((row) => (row.member ? [row.member.id] : []));
  return (
    <Form.List name="members">
      {(fields, { add, remove }, { errors }) => (
        <div className={styles.members}>
          {fields.map((field, index) => {
            const own = rows[index]?.member?.id;
            return (
              <div key={field.key} className={styles.row}>
                <Form.Item name={[field.name, "member"]} rules={[{ required: true, message: t("form.memberNeeded") }]} className={styles.who}>
                  <MemberChoice except={chosen.filter((id) => id !== own)} />
                </Form.Item>
                <Form.Item name={[field.name, "weight"]} rules={[{ required: true, message: t("form.weightNeeded") }]} className={styles.weight}>
                  <InputNumber<number> min={1} max={MOST_WEIGHT} precision={0} prefix={t("form.weight")} aria-label={t("form.weight")} style={{ width: "100%" }} />
                </Form.Item>
                <span className={styles.share} title={t("form.share")}>{percent(parts[index] ?? 0, language)}</span>
                <Button
                  type="text" icon={<DeleteOutlined />} disabled={fields.length === 1}
                  aria-label={t("form.removeMember", { name: rows[index]?.member?.name ?? "" })} onClick={() => { remove(field.name); }}
                />
              </div>
            );
          })}
          <div className={styles.bar} aria-hidden>
            {parts.map((part, index) => <span key={fields[index]?.key ?? index} style={{ flexGrow: part }} />)}
          </div>
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => { add({ weight: 1 }); }}>{t("form.addMember")}</Button>
          <Form.ErrorList errors={errors} />
        </div>
      )}
    </Form.List>
  );
}
