import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Switch } from "antd";
import { useTranslation } from "react-i18next";

import { archiveQuery, useKeepArchive } from "../../api/tools";
import styles from "./Tools.module.css";

/** Whether what members and customers write to each other is taken over. */
export function ArchivePanel({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const { data } = useQuery(archiveQuery);
  const keep = useKeepArchive();
  const change = (on: boolean) => {
    keep.mutate(on, { onSuccess: () => { toast.done(t(on ? "archive.isOn" : "archive.isOff")); }, onError: toast.failed });
  };
  const control = <Switch checked={data?.on ?? false} disabled={!mayChange || !data} loading={keep.isPending} onChange={change} aria-label={t("archive.title")} />;
  return (
    <Panel title={t("archive.title")} extra={control}>
      <p className={styles.text}>{t("archive.text")}</p>
      {data?.on && <p className={styles.second}>{t("archive.last")} {data.read_at ? <Time at={data.read_at} /> : t("archive.never")}</p>}
    </Panel>
  );
}
