import type { GivenContact } from "@cove/api/types";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useHandedToMe } from "../api";

export default function HandedToMeList() {
  const { t } = useTranslation("workbench");
  const to = (row: GivenContact) => `/people/contacts/${row.contact.id.toString()}`;
  const columns: Column<GivenContact>[] = [
    { key: "name", title: t("mine.name"), width: 160, render: (row) => <Link to={to(row)}>{row.contact.name}</Link> },
    { key: "company", title: t("mine.company"), width: 160, render: (row) => row.company_name },
    { key: "from", title: t("mine.from"), width: 120, render: (row) => row.from_name },
    { key: "why", title: t("mine.why"), width: 160, render: (row) => row.why },
    { key: "at", title: t("mine.at"), width: 120, render: (row) => <Time at={row.at} /> },
    { key: "seen", title: t("brief.seen"), width: 120, render: (row) => <Time at={row.last_seen_at} /> },
    { key: "tags", title: t("mine.tags"), width: 200, render: (row) => row.tags.join(t("brief.and")) },
    { key: "brief", title: t("mine.brief"), width: 110, render: (row) => <Link to={`/people/handed-to-me/${row.change_set_id.toString()}`}>{t("mine.open")}</Link> },
  ];
  return (
    <ListPage<GivenContact>
      name="handed-to-me"
      title={t("mine.title")}
      list={useHandedToMe()}
      columns={columns}
      card={(row) => <Link to={to(row)}>{[row.contact.name, row.company_name, row.from_name].filter(Boolean).join(" · ")} <Time at={row.at} /></Link>}
      empty={{ title: t("mine.empty"), text: t("mine.emptyText") }}
    />
  );
}
