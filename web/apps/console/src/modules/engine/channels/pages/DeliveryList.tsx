import type { Delivery, DeliveryChoice } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { DELIVERIES, deliveryChoicesQuery, useDeliveries } from "../api/deliveries";
import { DeliveryCard, DeliveryState } from "../parts/DeliveryState";

const NONE: DeliveryChoice[] = [];

export default function DeliveryList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const { data } = useQuery(deliveryChoicesQuery);
  const purposes = (["marketing", "service"] as const).map((value) => ({ value, label: t(`deliveries.${value}`) }));
  const columns: Column<Delivery>[] = [
    { key: "kind", title: t("deliveries.kind"), width: 190, render: (row) => row.label },
    { key: "contact", title: t("deliveries.contact"), width: 140, render: (row) => row.contact?.name ?? t("deliveries.nobody") },
    { key: "channel", title: t("deliveries.channel"), width: 140, render: (row) => row.channel_label },
    { key: "purpose", title: t("deliveries.purpose"), width: 80, render: (row) => row.purpose_label },
    { key: "state", title: t("deliveries.state"), width: 150, render: (row) => <DeliveryState row={row} /> },
    { key: "reason", title: t("deliveries.reason"), width: 240, render: (row) => <span title={row.reason_label}>{row.reason_label}</span> },
    { key: "attempts", title: t("deliveries.attempts"), width: 90, align: "right", optional: true, render: (row) => row.attempts },
    { key: "created_at", title: t("deliveries.createdAt"), width: 120, render: (row) => <Time at={row.created_at} /> },
    { key: "finished_at", title: t("deliveries.finishedAt"), width: 120, optional: true, render: (row) => (row.finished_at ? <Time at={row.finished_at} /> : "") },
  ];
  return (
    <ListPage<Delivery>
      name="deliveries"
      title={t("deliveries.title")}
      list={useDeliveries(filters)}
      columns={columns}
      filters={[
        selectFilter({ key: "state", label: t("deliveries.state"), options: data?.states ?? NONE }),
        selectFilter({ key: "channel", label: t("deliveries.channel"), options: data?.channels ?? NONE }),
        selectFilter({ key: "kind", label: t("deliveries.kind"), options: data?.kinds ?? NONE }),
        selectFilter({ key: "purpose", label: t("deliveries.purpose"), options: purposes }),
        selectFilter({ key: "reason", label: t("deliveries.reason"), options: data?.reasons ?? NONE }),
        selectFilter({ key: "heard", label: t("deliveries.heard"), options: data?.heard ?? NONE }),
      ]}
      href={(id) => `${DELIVERIES}/${id.toString()}`}
      card={(row) => <DeliveryCard row={row} />}
      empty={{ title: t("deliveries.empty"), text: t("deliveries.emptyText") }}
    />
  );
}
