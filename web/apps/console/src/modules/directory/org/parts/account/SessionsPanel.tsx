import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { ownSessionsQuery, useEndOtherSessions, useEndSession } from "../../api/account";
import { SessionList } from "./SessionList";

/** Where one is signed in. */
export function SessionsPanel() {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data, error, refetch } = useQuery(ownSessionsQuery);
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const told = { onSuccess: () => { toast.done(t("sessions.ended")); }, onError: toast.failed };
  const others = (data?.items ?? []).some((row) => !row.current) && (
    <Popconfirm title={t("sessions.endOthersAsk")} description={t("sessions.endOthersText")} onConfirm={() => { endOthers.mutate(undefined, told); }}>
      <Button size="small" loading={endOthers.isPending}>{t("sessions.endOthers")}</Button>
    </Popconfirm>
  );
  return (
    <Panel title={t("sessions.title")} extra={others}>
      {error && <ErrorNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <SessionList rows={data.items} ending={end.isPending} end={(id) => { end.mutate(id, told); }} />}
    </Panel>
  );
}
