import type { CustomerGroup, CustomerGroupPerson } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { More } from "@cove/kit/list/More";
import { Panel } from "@cove/kit/page/Panel";
import { Time } from "@cove/kit/region/Time";
import { Table } from "antd";
import { useTranslation } from "react-i18next";
import { Link as To } from "react-router";

import { useGroupPersons } from "../api";

const WAYS = ["0", "1", "2", "3"] as const;

/** Who is or was in a group. */
export function GroupPersons({ group }: { group: CustomerGroup }) {
  const { t } = useTranslation("channels");
  const list = useGroupPersons(group.id);
  if (list.error) return <ErrorNotice error={list.error} retry={list.retry} />;
  const name = (row: CustomerGroupPerson) => {
    const shown = row.name || t("groups.unnamed");
    return row.contact_id === null ? shown : <To to={`/people/contacts/${row.contact_id.toString()}`}>{shown}</To>;
  };
  const kind = (row: CustomerGroupPerson) => t(`groups.kind.${row.member ? "member" : row.friend ? "friend" : "stranger"}`);
  return (
    <Panel title={t("groups.persons")} flush>
      <Table<CustomerGroupPerson>
        aria-label={t("groups.persons")} size="small" rowKey="id" dataSource={list.rows} loading={list.loading}
        pagination={false} scroll={{ x: "max-content" }} locale={{ emptyText: list.loading ? " " : undefined }}
        columns={[
          { key: "name", title: t("groups.person"), render: (_, row) => name(row) },
          { key: "kind", title: t("groups.kindTitle"), render: (_, row) => kind(row) },
          { key: "way", title: t("groups.way"), render: (_, row) => [t(`groups.ways.${WAYS[row.way] ?? "0"}`), row.way_name].filter(Boolean).join(" · ") },
          { key: "joined", title: t("groups.joined"), render: (_, row) => <Time at={row.joined_at} /> },
          { key: "left", title: t("groups.left"), render: (_, row) => row.left_at && <Time at={row.left_at} /> },
        ]}
      />
      <More list={list} />
    </Panel>
  );
}
