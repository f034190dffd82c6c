import type { CustomerGroup } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

import { GROUPS, useGroups } from "../api";
import { GroupCard } from "../parts/GroupCard";

export default function GroupList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const columns: Column<CustomerGroup>[] = [
    { key: "name", title: t("groups.name"), width: 260, render: (group) => group.name || t("groups.unnamed") },
    { key: "owner", title: t("groups.owner"), width: 140, render: (group) => group.owner?.name ?? "" },
    { key: "people", title: t("groups.people"), width: 96, align: "right", render: (group) => <Count value={group.people} /> },
    { key: "customers", title: t("groups.customers"), width: 96, align: "right", render: (group) => <Count value={group.customers} /> },
    { key: "made_at", title: t("groups.made"), width: 130, render: (group) => <Time at={group.made_at} /> },
  ];
  return (
    <ListPage<CustomerGroup>
      name="customer-groups"
      title={t("groups.title")}
      list={useGroups(filters)}
      columns={columns}
      search={t("groups.search")}
      filters={[selectFilter({ key: "state", label: t("groups.living"), options: [{ value: "dismissed", label: t("groups.dismissed") }] })]}
      href={(id) => `${GROUPS}/${id.toString()}`}
      card={(group) => <GroupCard group={group} />}
      empty={{ title: t("groups.empty"), text: t("groups.emptyText") }}
    />
  );
}
