import type { MassMember } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Badge, Table } from "antd";
import { useTranslation } from "react-i18next";

import { useMassMembers } from "../../api/mass";

/** Who has it to confirm, and who did. */
export function MassMembers({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const list = useMassMembers(id);
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  const state = (row: MassMember) => (row.sent_at ? <Badge status="success" text={t("mass.hasSent")} /> : <Badge status="warning" text={t("mass.hasNot")} />);
  return (
    <Panel title={t("mass.members")} flush>
      <Table<MassMember>
        aria-label={t("mass.members")} size="small" rowKey="id" dataSource={list.rows} loading={list.loading}
        pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: list.loading ? " " : t("mass.noMembers") }}
        columns={[
          { key: "member", title: t("mass.member"), render: (_, row) => row.member?.name ?? row.userid },
          { key: "state", title: t("mass.state"), render: (_, row) => state(row) },
          { key: "sent", title: t("mass.sentAt"), render: (_, row) => row.sent_at && <Time at={row.sent_at} /> },
        ]}
      />
      <More list={list} />
    </Panel>
  );
}
