import type { WecomChannel } from "@cove/api/types";
import { useTranslation } from "react-i18next";

import styles from "./State.module.css";

export function State({ channel }: { channel: WecomChannel }) {
  const { t } = useTranslation("channels");
  return <span className={channel.configured ? styles.on : styles.off}>{channel.configured ? t("state.on") : t("state.off")}</span>;
}
