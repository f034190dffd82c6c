import { PlusOutlined } from "@ant-design/icons";
import type { MassMessage } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { MASS, MASS_STATES, useLiveMass, useMasses } from "../api/mass";
import styles from "../parts/mass/Mass.module.css";
import { lost, MassState } from "../parts/mass/MassState";

export default function MassList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  useLiveMass();
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${MASS}/new`)}>{t("mass.create")}</Button>;
  const members = (row: MassMessage) => <><Count value={row.members_sent} /> / <Count value={row.members} /></>;
  const columns: Column<MassMessage>[] = [
    { key: "name", title: t("mass.name"), width: 220, render: (row) => row.name },
    { key: "kind", title: t("mass.kindTitle"), width: 110, render: (row) => t(`mass.kind.${row.kind}`) },
    { key: "state", title: t("mass.state"), width: 190, render: (row) => <MassState row={row} /> },
    { key: "members", title: t("mass.confirmed"), width: 120, align: "right", render: members },
    { key: "sent", title: t("mass.sent"), width: 96, align: "right", render: (row) => <Count value={row.sent} /> },
    { key: "waiting", title: t("mass.waiting"), width: 96, align: "right", render: (row) => <Count value={row.waiting} /> },
    { key: "failed", title: t("mass.failed"), width: 96, align: "right", render: (row) => <Count value={lost(row)} /> },
    { key: "asked_by", title: t("mass.askedBy"), width: 120, render: (row) => row.asked_by?.name ?? "" },
    { key: "asked_at", title: t("mass.askedAt"), width: 130, render: (row) => <Time at={row.asked_at} /> },
  ];
  return (
    <ListPage<MassMessage>
      name="wecom-mass"
      title={t("mass.title")}
      list={useMasses(filters)}
      columns={columns}
      search={t("mass.search")}
      filters={[
        selectFilter({ key: "state", label: t("mass.anyState"), options: MASS_STATES.map((value) => ({ value, label: t(`mass.states.${value}`) })) }),
        selectFilter({ key: "kind", label: t("mass.anyKind"), options: (["single", "group"] as const).map((value) => ({ value, label: t(`mass.kind.${value}`) })) }),
      ]}
      href={(id) => `${MASS}/${id.toString()}`}
      actions={add}
      card={(row) => (
        <span className={styles.card}>
          <b>{row.name}</b>
          <span className={styles.second}>{t("mass.confirmed")} {members(row)} · {t("mass.sent")} <Count value={row.sent} /> · {t("mass.failed")} <Count value={lost(row)} /></span>
          <MassState row={row} />
        </span>
      )}
      empty={{ title: t("mass.empty"), text: t("mass.emptyText"), action: add }}
    />
  );
}
