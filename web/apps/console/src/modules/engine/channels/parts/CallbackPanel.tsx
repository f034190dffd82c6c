import type { WecomChannel } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";

import styles from "./Lines.module.css";

export function CallbackPanel({ channel }: { channel: WecomChannel }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={t("callback.title")}>
      <p className={styles.text}>{channel.callback_url ? t("callback.text") : t("callback.later")}</p>
      {channel.callback_url && (
        <div className={styles.address}>
          <code>{channel.callback_url}</code>
          <CopyText text={channel.callback_url} label={t("callback.copy")} showLabel />
        </div>
      )}
    </Panel>
  );
}
