import { SyncOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import { useToast } from "@cove/kit/feedback/useToast";
import { Time } from "@cove/kit/region/Time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popover } from "antd";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { useJobDone } from "../../../kernel/jobs/embed/useJobDone";
import { useSyncWecom, wecomQuery } from "../api";

/** On the organisation's page: keep in step with the WeCom directory, how far that is, and when it was done last. */
export default function OrganisationSync() {
  const may = useMay();
  const { data: channel } = useQuery({ ...wecomQuery, enabled: may("wecom.see_channel") });
  if (!channel?.configured || !may("wecom.sync")) return null;
  return <Sync last={channel.state.last_sync_at ?? null} />;
}

function Sync({ last }: { last: string | null }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const sync = useSyncWecom();
  const id = sync.data?.job_id;
  const content = id === undefined ? <>{t("sync.last")} {last ? <Time at={last} /> : t("sync.never")}</> : <div style={{ width: 280 }}><Watch id={id} /></div>;
  return (
    <Popover content={content} open={id === undefined ? undefined : true} placement="bottomRight">
      <Button icon={<SyncOutlined />} loading={sync.isPending} onClick={() => { sync.mutate(undefined, { onError: toast.failed }); }}>{t("sync.fromWecom")}</Button>
    </Popover>
  );
}

function Watch({ id }: { id: number }) {
  const queries = useQueryClient();
  const refresh = useCallback(() => {
    for (const queryKey of [["departments"], ["members"], wecomQuery.queryKey]) void queries.invalidateQueries({ queryKey });
  }, [queries]);
  useJobDone(id, refresh);
  return <JobWatch id={id} />;
}
