import type { CustomerGroup } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { useTranslation } from "react-i18next";

/** What a customer group is, as the platform last told it. */
export function GroupPanel({ group }: { group: CustomerGroup }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={t("groups.overview")}>
      <Facts
        rows={[
          { label: t("groups.owner"), value: group.owner?.name ?? "" },
          { label: t("groups.people"), value: <Count value={group.people} /> },
          { label: t("groups.customers"), value: <Count value={group.customers} /> },
          { label: t("groups.notice"), value: group.notice || t("groups.noNotice") },
          { label: t("groups.made"), value: <Time at={group.made_at} /> },
          ...(group.dismissed_at ? [{ label: t("groups.ended"), value: <Time at={group.dismissed_at} /> }] : []),
        ]}
      />
    </Panel>
  );
}
