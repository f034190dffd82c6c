import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { Suppression } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { REASONS, useLift, useSuppressions } from "../api/email";
import { SuppressForm } from "../parts/SuppressForm";

function Lift({ row }: { row: Suppression }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const lift = useLift();
  const act = () => { lift.mutate(row.id, { onSuccess: () => { toast.done(t("email.suppressions.lifted")); }, onError: toast.failed }); };
  return (
    <Popconfirm title={t("email.suppressions.liftTitle")} description={t("email.suppressions.liftText")} okText={t("email.suppressions.lift")} onConfirm={act}>
      <Button size="small" loading={lift.isPending}>{t("email.suppressions.lift")}</Button>
    </Popconfirm>
  );
}

export default function SuppressionList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const [adding, setAdding] = useState(false);
  const mayChange = useMay()("email.suppress");
  const add = mayChange && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>{t("email.suppressions.add")}</Button>;
  const address = (row: Suppression) => row.address || t("email.suppressions.forgotten");
  const columns: Column<Suppression>[] = [
    { key: "address", title: t("email.suppressions.address"), width: 260, render: address },
    { key: "reason", title: t("email.suppressions.reason"), width: 160, render: (row) => row.reason_label },
    { key: "detail", title: t("email.suppressions.detail"), width: 220, render: (row) => row.detail },
    { key: "created_at", title: t("email.suppressions.at"), width: 130, render: (row) => <Time at={row.created_at} /> },
    { key: "created_by", title: t("email.suppressions.by"), width: 110, optional: true, render: (row) => row.created_by ?? "" },
    ...(mayChange ? [{ key: "lift", title: "", width: 90, render: (row: Suppression) => <Lift row={row} /> }] : []),
  ];
  const reasons = REASONS.map((value) => ({ value, label: t(`email.suppressions.reasons.${value}`) }));
  return (
    <>
      <ListPage<Suppression>
        name="email-suppressions"
        title={t("email.suppressions.title")}
        list={useSuppressions(filters)}
        columns={columns}
        search={t("email.suppressions.search")}
        filters={[selectFilter({ key: "reason", label: t("email.suppressions.anyReason"), options: reasons })]}
        card={(row) => <><b>{address(row)}</b><div>{row.reason_label}</div>{mayChange && <Lift row={row} />}</>}
        actions={add}
        empty={{ title: t("email.suppressions.empty"), text: t("email.suppressions.emptyText"), action: add }}
      />
      {adding && <SuppressForm onClose={() => { setAdding(false); }} />}
    </>
  );
}
