import type { Named } from "@cove/api/types";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import { MemberPicker } from "../../../directory/org/embed/MemberPicker";
import styles from "./tools/Tools.module.css";

/** Several members who have a WeCom account. */
export function MembersField({ value = [], onChange }: { value?: Named[]; onChange?: (members: Named[]) => void }) {
  const { t } = useTranslation("channels");
  return (
    <div className={styles.members}>
      {value.map((one) => (
        <Tag key={one.id} closable={{ "aria-label": t("tools.removeMember", { name: one.name }) }} onClose={() => { onChange?.(value.filter((other) => other.id !== one.id)); }}>
          {one.name}
        </Tag>
      ))}
      <MemberPicker
        value={undefined} placeholder={t("tools.addMember")} except={value.map((one) => one.id)} needsWecom
        onChange={(member) => { if (member) onChange?.([...value, { id: member.id, name: member.name }]); }}
      />
    </div>
  );
}
