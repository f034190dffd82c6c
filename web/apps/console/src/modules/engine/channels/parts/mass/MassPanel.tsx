import type { MassMessage } from "@cove/api/types";
import { Facts } from "@cove/kit/detail/Facts";
import { useToast } from "@cove/kit/feedback/useToast";
import { Panel } from "@cove/kit/page/Panel";
import { Count } from "@cove/kit/region/Count";
import { Time } from "@cove/kit/region/Time";
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";

import { useMassAct } from "../../api/mass";
import { MessagePreview } from "../content/MessagePreview";
import styles from "./Mass.module.css";
import { lost, MassState } from "./MassState";

function Acts({ row }: { row: MassMessage }) {
  const { t } = useTranslation("channels");
  const toast = useToast();
  const act = useMassAct(row.id);
  if (row.state !== "made") return null;
  const go = (what: "remind" | "cancel" | "refresh") => {
    act.mutate(what, {
      onSuccess: ({ done }) => { if (done) toast.done(t(`mass.acted.${what}`)); else toast.failed(new Error(t("mass.over"))); },
      onError: toast.failed,
    });
  };
  return (
    <div className={styles.acts}>
      <Button loading={act.isPending && act.variables === "refresh"} onClick={() => { go("refresh"); }}>{t("mass.refresh")}</Button>
      <Popconfirm title={t("mass.remindSure")} description={t("mass.remindText")} onConfirm={() => { go("remind"); }}>
        <Button loading={act.isPending && act.variables === "remind"}>{t("mass.remind")}</Button>
      </Popconfirm>
      <Popconfirm title={t("mass.cancelSure")} description={t("mass.cancelText")} onConfirm={() => { go("cancel"); }}>
        <Button danger loading={act.isPending && act.variables === "cancel"}>{t("mass.cancel")}</Button>
      </Popconfirm>
    </div>
  );
}

/** How far a mass message has come, and what can be done with it. */
function Progress({ row }: { row: MassMessage }) {
  const { t } = useTranslation("channels");
  return (
    <Panel title={t("mass.progress")} extra={<MassState row={row} />}>
      <div className={styles.counts}>
        <span>{t("mass.confirmed")}<b><Count value={row.members_sent} /> / <Count value={row.members} /></b></span>
        <span>{t("mass.sent")}<b><Count value={row.sent} /></b></span>
        <span>{t("mass.waiting")}<b><Count value={row.waiting} /></b></span>
        <span>{t("mass.failed")}<b><Count value={lost(row)} /></b></span>
      </div>
      {row.failed.length > 0 && (
        <ul className={styles.reasons}>
          {row.failed.map((one) => <li key={one.reason}><span className={styles.second}>{one.label}</span><Count value={one.count} /></li>)}
        </ul>
      )}
      <Acts row={row} />
      {row.reminder && <p className={styles.second}>{t("mass.notReminded", { why: row.reminder })}</p>}
    </Panel>
  );
}

/** What is said, by whom it was asked for, and how far it has come. */
export function MassPanel({ row }: { row: MassMessage }) {
  const { t } = useTranslation("channels");
  return (
    <div className={styles.left}>
      <Progress row={row} />
      <Panel title={t("mass.content")}>
        <MessagePreview text={row.text} parts={row.attachments} />
        <Facts
          rows={[
            { label: t("mass.kindTitle"), value: t(`mass.kind.${row.kind}`) },
            { label: t("mass.askedBy"), value: row.asked_by?.name ?? "" },
            { label: t("mass.askedAt"), value: <Time at={row.asked_at} /> },
            { label: t("mass.madeAt"), value: row.made_at && <Time at={row.made_at} /> },
            { label: t("mass.readAt"), value: row.read_at && <Time at={row.read_at} /> },
            { label: t("mass.remindedAt"), value: row.reminded_at && <Time at={row.reminded_at} /> },
          ]}
        />
      </Panel>
    </div>
  );
}
