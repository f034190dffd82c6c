import { CopyText } from "@cove/kit/feedback/CopyText";
import { useTranslation } from "react-i18next";

import styles from "./LinkText.module.css";

/** An address without its scheme, and the button that copies the whole. */
export function LinkText({ url }: { url: string }) {
  const { t } = useTranslation("content");
  return (
    <span className={styles.link}>
      <span className={styles.text} title={url}>{url.replace(/^https?:\/\//, "")}</span>
      <CopyText text={url} label={t("copyLink")} />
    </span>
  );
}
