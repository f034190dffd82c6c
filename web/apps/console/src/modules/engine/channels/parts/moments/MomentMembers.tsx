import type { MomentMember } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Badge, Table } from "antd";
import { useTranslation } from "react-i18next";

import { useMomentMembers } from "../../api/moments";

/** Who has it to publish, who did, and what came of it. */
export function MomentMembers({ id }: { id: number }) {
  const { t } = useTranslation("channels");
  const list = useMomentMembers(id);
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  const state = (row: MomentMember) => (row.published_at ? <Badge status="success" text={t("moments.hasPublished")} /> : <Badge status="warning" text={t("moments.hasNot")} />);
  return (
    <Panel title={t("moments.members")} flush>
      <Table<MomentMember>
        aria-label={t("moments.members")} size="small" rowKey="id" dataSource={list.rows} loading={list.loading}
        pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: list.loading ? " " : t("moments.noMembers") }}
        columns={[
          { key: "member", title: t("moments.member"), render: (_, row) => row.member?.name ?? row.userid },
          { key: "state", title: t("moments.state"), render: (_, row) => state(row) },
          { key: "published", title: t("moments.publishedAt"), render: (_, row) => row.published_at && <Time at={row.published_at} /> },
          { key: "likes", title: t("moments.likes"), align: "right", render: (_, row) => <Count value={row.likes} /> },
          { key: "comments", title: t("moments.comments"), align: "right", render: (_, row) => <Count value={row.comments} /> },
        ]}
      />
      <More list={list} />
    </Panel>
  );
}
