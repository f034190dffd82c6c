import { FileOutlined, LinkOutlined, PlayCircleOutlined } from "@ant-design/icons";
import type { ShownAttachment } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import { fileUrl } from "../../api/content";
import styles from "./Content.module.css";

const KILOBYTE = 1024;

function size(bytes: number): string {
  const kilobytes = Math.max(1, Math.round(bytes / KILOBYTE));
  return kilobytes < KILOBYTE ? `${kilobytes.toString()} KB` : `${(kilobytes / KILOBYTE).toFixed(1)} MB`;
}

/** Something in a message, as a customer's phone shows it. */
export function ShownPart({ part }: { part: ShownAttachment }) {
  const { t } = useTranslation("channels");
  if (part.kind === "link") {
    return (
      <a className={styles.card} href={part.url} target="_blank" rel="noreferrer">
        <span className={styles.words}><b>{part.title}</b><span>{part.description || part.url}</span></span>
        {part.file ? <img src={fileUrl(part.file.id)} alt="" /> : part.picture_url ? <img src={part.picture_url} alt="" /> : <LinkOutlined className={styles.sign} />}
      </a>
    );
  }
  if (!part.file) return <span className={styles.gone}>{t("content.gone", { kind: t(`content.kind.${part.kind}`) })}</span>;
  const url = fileUrl(part.file.id);
  if (part.kind === "image") return <a href={url} download={part.file.name}><img className={styles.picture} src={url} alt={part.file.name} /></a>;
  if (part.kind === "miniprogram") {
    return (
      <span className={styles.mini}>
        <b>{part.title}</b><img src={url} alt="" /><span>{t("content.kind.miniprogram")} · {part.page}</span>
      </span>
    );
  }
  return (
    <a className={styles.card} href={url} download={part.file.name}>
      <span className={styles.words}><b>{part.file.name}</b><span>{t(`content.kind.${part.kind}`)} · {size(part.file.size)}</span></span>
      {part.kind === "video" ? <PlayCircleOutlined className={styles.sign} /> : <FileOutlined className={styles.sign} />}
    </a>
  );
}

/** A message as it comes to a customer: its text, then everything else, each by itself. */
export function MessagePreview({ text, parts }: { text: string; parts: ShownAttachment[] }) {
  const { t } = useTranslation("channels");
  if (!text && parts.length === 0) return null;
  return (
    <section className={styles.phone} aria-label={t("content.preview")}>
      {text && <p className={styles.bubble}>{text}</p>}
      {parts.map((part, place) => <ShownPart key={`${part.kind}-${place.toString()}`} part={part} />)}
    </section>
  );
}
