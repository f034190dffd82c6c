import { MergeCellsOutlined } from "@ant-design/icons";
import type { ContactDetail } from "@cove/api/types";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { MergeDialog } from "./MergeDialog";
import styles from "./SamePerson.module.css";
import { useUndoing } from "./useUndoing";

/** Who else this person is: contacts who were merged into him, and those who may be the same. */
export function SamePerson({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const navigate = useNavigate();
  const undo = useUndoing();
  const [merging, setMerging] = useState(false);
  if (!contact.may.includes("people.merge_contacts")) return null;
  const nothing = contact.merged.length === 0 && contact.duplicates === 0;
  return (
    <Panel
      title={t("same.title")}
      extra={<Button size="small" icon={<MergeCellsOutlined />} onClick={() => { setMerging(true); }}>{t("same.merge")}</Button>}
    >
      {nothing && <span className={styles.none}>{t("same.none")}</span>}
      {contact.duplicates > 0 && (
        <p className={styles.suspected}>
          {t("same.suspected", { count: contact.duplicates })} <Link to="/people/duplicates">{t("same.look")}</Link>
        </p>
      )}
      <ul className={styles.list}>
        {contact.merged.map((one) => (
          <li key={one.merge_id} className={styles.row}>
            <span className={styles.words}>
              <span>{t("same.merged", { name: one.name })}</span>
              <span className={styles.none}>
                <Time at={one.at} />{one.into && ` · ${t("same.over", { name: one.into.name })}`}
              </span>
            </span>
            <Popconfirm title={t("same.undo")} description={<span className={styles.ask}>{t("same.undoAsk")}</span>}
              onConfirm={() => { undo(one.merge_id, one.name); }}>
              <Button size="small" type="link">{t("same.undo")}</Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
      {merging && (
        <MergeDialog
          contact={contact}
          close={() => { setMerging(false); }}
          done={(stays) => { if (stays !== contact.id) void navigate(`/people/contacts/${stays.toString()}`); }}
        />
      )}
    </Panel>
  );
}
