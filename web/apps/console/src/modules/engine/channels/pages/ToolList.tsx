import { PlusOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import type { WecomTool } from "@cove/api/types";
import { selectFilter } from "@cove/kit/list/filters";
import { ListPage } from "@cove/kit/list/ListPage";
import type { Column } from "@cove/kit/list/useColumns";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Badge, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { KINDS, useTools } from "../api/tools";
import { ToolActs } from "../parts/tools/ToolActs";
import { ToolForm } from "../parts/tools/ToolForm";
import styles from "../parts/tools/Tools.module.css";

const LOOKS = { waiting: "processing", made: "success", failed: "error", removing: "default" } as const;

function State({ row }: { row: WecomTool }) {
  const { t } = useTranslation("channels");
  const state = row.state as keyof typeof LOOKS;
  const why = row.errcode === null ? row.reason : `${row.reason} (${row.errcode.toString()})`;
  return <span><Badge status={LOOKS[state]} text={t(`tools.states.${state}`)} />{row.reason && <span className={styles.reason}>{why}</span>}</span>;
}

function contentOf({ tool, members, groups }: WecomTool): string {
  if (tool.kind === "welcome") return tool.text;
  if (tool.kind === "join") return groups.map((one) => one.name).join(" · ");
  const names = members.map((one) => one.name).join(" · ");
  return tool.kind === "words" ? `${tool.words.join(" / ")} — ${names}` : names;
}

export default function ToolList() {
  const { t } = useTranslation("channels");
  const [filters] = useUrlState();
  const [adding, setAdding] = useState(false);
  const kind = (row: WecomTool) => t(`tools.kind.${row.tool.kind}`);
  const add = useMay()("wecom.manage_tools") && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => { setAdding(true); }}>{t("tools.create")}</Button>
  );
  const columns: Column<WecomTool>[] = [
    { key: "name", title: t("tools.name"), width: 170, render: (row) => row.name },
    { key: "kind", title: t("tools.kindTitle"), width: 130, render: kind },
    { key: "content", title: t("tools.content"), width: 260, render: (row) => <span title={contentOf(row)}>{contentOf(row)}</span> },
    { key: "state", title: t("tools.state"), width: 180, render: (row) => <State row={row} /> },
    { key: "customers", title: t("tools.customers"), width: 120, align: "right", render: (row) => (row.customers === null ? "" : <Count value={row.customers} />) },
    { key: "changed_at", title: t("tools.changed"), width: 130, render: (row) => <Time at={row.changed_at} /> },
    { key: "acts", title: "", width: 250, render: (row) => <ToolActs row={row} /> },
  ];
  return (
    <>
      <ListPage<WecomTool>
        name="wecom-tools"
        title={t("tools.title")}
        list={useTools(filters)}
        columns={columns}
        search={t("tools.search")}
        filters={[selectFilter({ key: "kind", label: t("tools.anyKind"), options: KINDS.map((value) => ({ value, label: t(`tools.kind.${value}`) })) })]}
        actions={add}
        card={(row) => <span className={styles.card}><b>{row.name}</b><span className={styles.second}>{kind(row)} · {contentOf(row)}</span><State row={row} /><ToolActs row={row} /></span>}
        empty={{ title: t("tools.empty"), text: t("tools.emptyText"), action: add }}
      />
      {adding && <ToolForm kind={KINDS.find((one) => one === filters.kind)} onClose={() => { setAdding(false); }} />}
    </>
  );
}
