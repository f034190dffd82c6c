import { SyncOutlined } from "@ant-design/icons";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { useSyncWecom } from "../api";
import styles from "./Lines.module.css";

export function SyncPanel() {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const sync = useSyncWecom();
  return (
    <Panel
      title={t("sync.title")}
      extra={
        <Button size="small" icon={<SyncOutlined />} loading={sync.isPending} onClick={() => { sync.mutate(undefined, { onError: toast.failed }); }}>
          {t("sync.run")}
        </Button>
      }
    >
      <p className={styles.text}>{t("sync.text")}</p>
      {sync.data && <div className={styles.job}><JobWatch id={sync.data.job_id} /></div>}
    </Panel>
  );
}
