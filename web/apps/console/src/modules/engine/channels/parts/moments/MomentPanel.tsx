import type { Moment } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { useMomentAct } from "../../api/moments";
import styles from "../mass/Mass.module.css";
import { MomentPreview } from "./MomentPreview";
import { MomentState } from "./MomentState";

function Acts({ row }: { row: Moment }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const act = useMomentAct(row.id);
  if (row.state !== "made" && row.state !== "done") return null;
  const go = (what: "cancel" | "refresh") => {
    act.mutate(what, {
      onSuccess: ({ done }) => { if (done) toast.done(t(`moments.acted.${what}`)); else toast.failed(new Error(t("moments.over"))); },
      onError: toast.failed,
    });
  };
  return (
    <div className={styles.acts}>
      <Button loading={act.isPending && act.variables === "refresh"} onClick={() => { go("refresh"); }}>{t("moments.refresh")}</Button>
      {row.state === "made" && (
        <Popconfirm title={t("moments.cancelSure")} description={t("moments.cancelText")} onConfirm={() => { go("cancel"); }}>
          <Button danger loading={act.isPending && act.variables === "cancel"}>{t("moments.cancel")}</Button>
        </Popconfirm>
      )}
    </div>
  );
}

/** How far a moment has come, what it shows, and to whom. */
export function MomentPanel({ row }: { row: Moment }) {
  const { t } = useTranslation("channels");
  return (
    <div className={styles.left}>
      <Panel title={t("moments.progress")} extra={<MomentState row={row} />}>
        <div className={`${styles.counts} ${styles.three}`}>
          <span>{t("moments.published")}<b><Count value={row.published} /> / <Count value={row.members} /></b></span>
          <span>{t("moments.likes")}<b><Count value={row.likes} /></b></span>
          <span>{t("moments.comments")}<b><Count value={row.comments} /></b></span>
        </div>
        <Acts row={row} />
      </Panel>
      <Panel title={t("moments.content")}>
        <MomentPreview text={row.text} parts={row.attachments} />
        <Facts
          rows={[
            { label: t("moments.senders"), value: row.senders.length > 0 ? row.senders.join(t("moments.and")) : t("moments.everybody") },
            { label: t("moments.seenBy"), value: row.tags.length > 0 ? row.tags.map((tag) => tag.name).join(t("moments.and")) : t("moments.allCustomers") },
            { label: t("moments.askedBy"), value: row.asked_by?.name ?? "" },
            { label: t("moments.askedAt"), value: <Time at={row.asked_at} /> },
            { label: t("moments.readAt"), value: row.read_at && <Time at={row.read_at} /> },
          ]}
        />
      </Panel>
    </div>
  );
}
