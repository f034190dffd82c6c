import type { WecomChannel } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

import styles from "./Lines.module.css";

/** The page beside chats: what the platform must be told for it. */
export function SidebarPanel({ channel }: { channel: WecomChannel }) {
  const { t } = useTranslation("channels");
  const label = t("sidebar.address");
  return (
    <Panel title={t("sidebar.title")}>
      <p className={styles.text}>{t("sidebar.text")}</p>
      {channel.sign_in ? (
        <>
          <div className={styles.address}>
            <span>{label}</span><code>{channel.sidebar_url}</code><CopyText text={channel.sidebar_url} label={t("signIn.copy", { what: label })} />
          </div>
          <p className={styles.text}>{t("sidebar.addressText")}</p>
          <p className={styles.text}>{t("sidebar.rights")}</p>
        </>
      ) : <p className={styles.text}>{t("sidebar.signInFirst")}</p>}
    </Panel>
  );
}
