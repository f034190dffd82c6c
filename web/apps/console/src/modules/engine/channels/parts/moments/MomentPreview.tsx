import type { ShownAttachment } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import { fileUrl } from "../../api/content";
import styles from "../content/Content.module.css";
import { ShownPart } from "../content/MessagePreview";

/** A moment as customers see it among those of their friends. */
export function MomentPreview({ text, parts }: { text: string; parts: ShownAttachment[] }) {
  const { t } = useTranslation("channels");
  if (!text && parts.length === 0) return null;
  const pictures = parts.filter((part) => part.kind === "image" && part.file);
  const others = parts.filter((part) => !pictures.includes(part));
  return (
    <section className={styles.phone} aria-label={t("content.preview")}>
      {text && <p className={styles.said}>{text}</p>}
      {pictures.length > 0 && (
        <div className={styles.grid}>
          {pictures.map((part, place) => part.file && <a key={`${part.file.id.toString()}-${place.toString()}`} href={fileUrl(part.file.id)} download={part.file.name}><img src={fileUrl(part.file.id)} alt={part.file.name} /></a>)}
        </div>
      )}
      {others.map((part, place) => <ShownPart key={`${part.kind}-${place.toString()}`} part={part} />)}
    </section>
  );
}
