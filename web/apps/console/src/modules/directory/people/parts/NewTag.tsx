import { PlusOutlined } from "@ant-design/icons";
import type { Tag, TagGroup } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCreateTag } from "../api";
import styles from "./NewTag.module.css";

interface NewTagProps {
  name: string;
  groups: TagGroup[];
  onMade: (tag: Tag) => void;
}

/** Under the choices: make the tag that was typed, in a group. */
export function NewTag({ name, groups, onMade }: NewTagProps) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const create = useCreateTag();
  const [groupId, setGroupId] = useState(groups[0]?.id);
  const group = groups.find((each) => each.id === groupId) ?? t("tags.firstGroup");
  return (
    <div className={styles.row} role="presentation" onMouseDown={(event) => { event.preventDefault(); }}>
      <Button
        type="link" size="small" icon={<PlusOutlined />} loading={create.isPending}
        onClick={() => { create.mutate({ name, group }, { onSuccess: onMade, onError: toast.failed }); }}
      >
        {t("tags.create", { name })}
      </Button>
      {groups.length > 0 && (
        <Select
          size="small" variant="borderless" aria-label={t("tags.group")} value={groupId} onChange={setGroupId}
          options={groups.map((each) => ({ value: each.id, label: each.name }))} popupMatchSelectWidth={false}
        />
      )}
    </div>
  );
}
