import type { ChangeSet } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Time } from "@cove/kit/region/Time";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Popconfirm } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import { JobWatch } from "../../jobs/embed/JobProgress";
import { changeQuery, isUnderWay, useContinueChange, useUndoChange } from "../api";
import styles from "./ChangeState.module.css";
import { Stayed } from "./Stayed";

function Buttons({ change }: { change: ChangeSet }) {
  const { t } = useTranslation("changesets");
  const toast = useToast();
  const undo = useUndoChange();
  const goOn = useContinueChange();
  return (
    <>
      {change.state === "stopped" && (
        <Button size="small" loading={goOn.isPending} onClick={() => { goOn.mutate(change.id, { onError: toast.failed }); }}>{t("goOn")}</Button>
      )}
      {change.undoable && (
        <Popconfirm
          title={t("undoSure")} description={t("undoText")} okText={t("undo")}
          onConfirm={() => { undo.mutate(change.id, { onSuccess: () => { toast.done(t("undoStarted")); }, onError: toast.failed }); }}
        >
          <Button size="small" loading={undo.isPending}>{t("undo")}</Button>
        </Popconfirm>
      )}
    </>
  );
}

/** How far a change of many is, what stayed, and the way back. */
export function ChangeState({ change: given }: { change: ChangeSet }) {
  const { t } = useTranslation("changesets");
  const { data: change = given } = useQuery({ ...changeQuery(given.id), initialData: given });
  const queries = useQueryClient();
  const ended = !isUnderWay(change) && change.state !== given.state;
  // What was read before the change ended tells of it as it was then.
  useEffect(() => { if (ended) void queries.invalidateQueries({ queryKey: ["hand-overs"] }); }, [ended, queries]);
  return (
    <div className={styles.state}>
      {isUnderWay(change) && change.job_id !== null && <JobWatch id={change.job_id} />}
      <div className={styles.line}>
        <span className={change.state === "stopped" ? styles.waits : undefined}>{t(`state.${change.state}`)}</span>
        <span>{t("changed", { count: change.changed })}</span>
        {change.skipped > 0 && <span>{t("skipped", { count: change.skipped })}</span>}
        {change.taken_back > 0 && <span>{t("takenBack", { count: change.taken_back })}</span>}
        {change.conflicts > 0 && <span className={styles.waits}>{t("conflicts", { count: change.conflicts })}</span>}
        {change.undoable && <span>{t("undoUntil")} <Time at={change.undo_until} /></span>}
        <Buttons change={change} />
      </div>
      {change.conflicts > 0 && <Stayed id={change.id} state="conflict" />}
      {change.skipped > 0 && !isUnderWay(change) && <Stayed id={change.id} state="skipped" />}
    </div>
  );
}
