import type { WecomChannel } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";

import styles from "./Lines.module.css";

/** How the channel is doing, and what keeps it from working. */
export function StatePanel({ channel }: { channel: WecomChannel }) {
  const { t } = useTranslation("channels");
  const { state } = channel;
  return (
    <Panel title={t("state.title")}>
      {state.problem && <div className={styles.problem}><Alert type="warning" showIcon title={state.problem} /></div>}
      <Facts
        rows={[
          { label: t("state.callback"), value: state.last_callback_at ? <Time at={state.last_callback_at} /> : t("state.never") },
          { label: t("state.sync"), value: state.last_sync_at ? <Time at={state.last_sync_at} /> : t("state.never") },
          { label: t("state.members"), value: <Count value={state.members} /> },
          { label: t("state.customers"), value: <Count value={state.customers} /> },
        ]}
      />
    </Panel>
  );
}
