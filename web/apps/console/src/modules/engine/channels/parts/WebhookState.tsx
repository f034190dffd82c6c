import type { Webhook } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import styles from "./Delivery.module.css";

/** Whether a webhook is told of anything, and whether it hears. */
export function WebhookState({ hook }: { hook: Webhook }) {
  const { t } = useTranslation("channels");
  return (
    <span className={styles.states}>
      <span className={hook.active ? styles.good : styles.bad}>{hook.active ? t("webhooks.on") : t("webhooks.off")}</span>
      {hook.active && hook.failures > 0 && <span className={styles.bad}>{t("webhooks.failing", { count: hook.failures })}</span>}
    </span>
  );
}
