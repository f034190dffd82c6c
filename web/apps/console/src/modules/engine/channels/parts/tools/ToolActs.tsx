import { useMay } from "@cove/api/session";
import type { WecomTool } from "@cove/api/types";
import { CopyText } from "@cove/kit/feedback/CopyText";
import { useToast } from "@cove/kit/feedback/useToast";
import { Button, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useRemoveTool } from "../../api/tools";
import { LinkCustomers } from "./LinkCustomers";
import { ToolForm } from "./ToolForm";
import styles from "./Tools.module.css";

/** What can be done with one tool. */
export function ToolActs({ row }: { row: WecomTool }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const remove = useRemoveTool();
  const [open, setOpen] = useState<"form" | "customers">();
  const mayChange = useMay()("wecom.manage_tools") && row.state !== "removing";
  const close = () => { setOpen(undefined); };
  const act = () => { remove.mutate(row.id, { onSuccess: () => { toast.done(t("tools.removed")); }, onError: toast.failed }); };
  return (
    <span className={styles.acts}>
      {row.url && row.kind === "link" && <CopyText text={row.url} label={t("tools.copy")} />}
      {row.url && row.kind === "join" && <Button size="small" type="link" href={row.url} target="_blank" rel="noreferrer">{t("tools.openCode")}</Button>}
      {row.kind === "link" && row.url && <Button size="small" type="link" onClick={() => { setOpen("customers"); }}>{t("tools.customers")}</Button>}
      {mayChange && <Button size="small" type="link" onClick={() => { setOpen("form"); }}>{t("tools.edit")}</Button>}
      {mayChange && (
        <Popconfirm title={t("tools.removeTitle", { name: row.name })} description={t("tools.removeText")} okText={t("tools.remove")} onConfirm={act}>
          <Button size="small" type="link" danger loading={remove.isPending}>{t("tools.remove")}</Button>
        </Popconfirm>
      )}
      {open === "form" && <ToolForm row={row} onClose={close} />}
      {open === "customers" && <LinkCustomers row={row} onClose={close} />}
    </span>
  );
}
