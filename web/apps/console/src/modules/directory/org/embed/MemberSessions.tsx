import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { memberSessionsQuery, useEndMemberSessions } from "../api/account";
import { SessionList } from "../parts/account/SessionList";

/** Where a member is signed in, for who holds `org.end_sessions`. */
export function MemberSessions({ memberId }: { memberId: number }) {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data, error, refetch } = useQuery(memberSessionsQuery(memberId));
  const end = useEndMemberSessions(memberId);
  const told = { onSuccess: () => { toast.done(t("sessions.ended")); }, onError: toast.failed };
  const all = Boolean(data?.items.length) && (
    <Popconfirm title={t("sessions.endAllAsk")} onConfirm={() => { end.mutate(undefined, told); }}>
      <Button size="small" danger loading={end.isPending}>{t("sessions.endAll")}</Button>
    </Popconfirm>
  );
  return (
    <Panel title={t("sessions.ofMember")} extra={all}>
      {error && <ErrorNotice error={error} retry={() => void refetch()} />}
      {!data && !error && <Waiting />}
      {data && <SessionList rows={data.items} ending={end.isPending} end={(id) => { end.mutate(id, told); }} />}
    </Panel>
  );
}
