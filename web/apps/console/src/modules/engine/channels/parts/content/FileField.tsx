import type { WecomFile } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import { fileUrl } from "../../api/content";
import styles from "./Content.module.css";
import { FileUpload } from "./FileUpload";

/** One picture of a form. */
export function FileField({ value, onChange }: { value?: WecomFile; onChange?: (file: WecomFile) => void }) {
  const { t } = useTranslation("channels");
  return (
    <div className={styles.field}>
      {value && <img className={styles.thumb} src={fileUrl(value.id)} alt={value.name} />}
      <FileUpload use="image" label={t(value ? "content.replace" : "content.choose")} onUploaded={(file) => { onChange?.(file); }} />
    </div>
  );
}
