import { PlusOutlined } from "@ant-design/icons";
import type { Moment } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { MOMENT_STATES, MOMENTS, useLiveMoments, useMoments } from "../api/moments";
import styles from "../parts/mass/Mass.module.css";
import { MomentState } from "../parts/moments/MomentState";

export default function MomentList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const navigate = useNavigate();
  useLiveMoments();
  const add = <Button type="primary" icon={<PlusOutlined />} onClick={() => void navigate(`${MOMENTS}/new`)}>{t("moments.create")}</Button>;
  const members = (row: Moment) => <><Count value={row.published} /> / <Count value={row.members} /></>;
  const columns: Column<Moment>[] = [
    { key: "name", title: t("mass.name"), width: 220, render: (row) => row.name },
    { key: "state", title: t("moments.state"), width: 190, render: (row) => <MomentState row={row} /> },
    { key: "members", title: t("moments.published"), width: 120, align: "right", render: members },
    { key: "likes", title: t("moments.likes"), width: 90, align: "right", render: (row) => <Count value={row.likes} /> },
    { key: "comments", title: t("moments.comments"), width: 90, align: "right", render: (row) => <Count value={row.comments} /> },
    { key: "asked_by", title: t("moments.askedBy"), width: 120, render: (row) => row.asked_by?.name ?? "" },
    { key: "asked_at", title: t("moments.askedAt"), width: 130, render: (row) => <Time at={row.asked_at} /> },
  ];
  return (
    <ListPage<Moment>
      name="wecom-moments"
      title={t("moments.title")}
      list={useMoments(filters)}
      columns={columns}
      search={t("mass.search")}
      filters={[selectFilter({ key: "state", label: t("mass.anyState"), options: MOMENT_STATES.map((value) => ({ value, label: t(`moments.states.${value}`) })) })]}
      href={(id) => `${MOMENTS}/${id.toString()}`}
      actions={add}
      card={(row) => (
        <span className={styles.card}>
          <b>{row.name}</b>
          <span className={styles.second}>{t("moments.published")} {members(row)} · {t("moments.likes")} <Count value={row.likes} /> · {t("moments.comments")} <Count value={row.comments} /></span>
          <MomentState row={row} />
        </span>
      )}
      empty={{ title: t("moments.empty"), text: t("moments.emptyText"), action: add }}
    />
  );
}
