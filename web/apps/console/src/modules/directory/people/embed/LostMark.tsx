import { useTranslation } from "react-i18next";

import styles from "./LostMark.module.css";

export function LostMark() {
  const { t } = useTranslation("people");
  return <span className={styles.mark}>{t("lost")}</span>;
}
