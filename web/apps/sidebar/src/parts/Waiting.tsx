import { useTexts } from "../texts";
import styles from "./Waiting.module.css";

/** The shape of what is coming, quiet and still. */
export function Waiting() {
  const t = useTexts();
  return (
    <div className={styles.waiting} role="status" aria-label={t("loading")}>
      <span className={styles.round} />
      <span className={styles.line} />
      <span className={styles.short} />
    </div>
  );
}
