import { PlusOutlined } from "@ant-design/icons";
import type { ContactDetail, Named } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button, Tag } from "antd";
import { useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { useChangeTags } from "../api";
import { TagPicker } from "../embed/TagPicker";
import styles from "./Tags.module.css";

export function Tags({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const mayTag = contact.may.includes("people.tag_contact");
  const change = useChangeTags(contact.id);
  const [adding, setAdding] = useState(false);
  const [chosen, setChosen] = useState<number[]>([]);

  const remove = (tag: Named) => {
    change.mutate({ add: [], remove: [tag.id] }, {
      onSuccess: () => {
        toast.undoable(t("tags.removed", { name: tag.name }), () => { change.mutate({ add: [tag.id], remove: [] }, { onError: toast.failed }); });
      },
      onError: toast.failed,
    });
  };
  const finish = () => {
    setAdding(false);
    setChosen([]);
  };
  const leave = (event: KeyboardEvent) => {
    event.stopPropagation(); // Esc must not close the drawer around it as well.
    finish();
  };
  const add = () => {
    if (chosen.length === 0) finish();
    else change.mutate({ add: chosen, remove: [] }, { onSuccess: finish, onError: toast.failed });
  };
  return (
    <Panel title={t("detail.tags")}>
      <div className={styles.tags}>
        {contact.tags.map((tag) => (
          <Tag key={tag.id} variant="filled" closable={mayTag && { "aria-label": t("tags.remove", { name: tag.name }) }}
            onClose={(event) => { event.preventDefault(); remove(tag); }}>
            {tag.name}
          </Tag>
        ))}
        {contact.tags.length === 0 && !adding && <span className={styles.none}>{t("tags.nothing")}</span>}
        {mayTag && !adding && (
          <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>{t("tags.add")}</Button>
        )}
      </div>
      {adding && (
        <div className={styles.adding} role="presentation" onKeyDown={(event) => { if (event.key === "Escape") leave(event); }}>
          <TagPicker value={chosen} onChange={setChosen} except={contact.tags.map((tag) => tag.id)} focusRef={(select) => { select?.focus(); }} />
          <Button size="small" type="primary" loading={change.isPending} onClick={add}>{t("tags.save")}</Button>
          <Button size="small" onClick={finish}>{t("tags.cancel")}</Button>
        </div>
      )}
    </Panel>
  );
}
