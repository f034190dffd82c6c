import { useMay } from "@cove/api/session";
import type { TrackingPlan } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { Time } from "@cove/kit/region/Time";
import { useQuery } from "@tanstack/react-query";
import { Button, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { planQuery, usePublish } from "../../api/plan";
import { ChangeTags } from "./ChangeTags";
import styles from "./plan.module.css";

/** Which version is in force, what publishing would change, and the button that does it. */
export function PlanBar() {
  const { t } = useTranslation("tracking");
  const { data: plan } = useQuery(planQuery);
  const mayPublish = useMay()("tracking.manage_plan");
  const [asked, setAsked] = useState(false);
  if (!plan) return null;
  const { added, changed, removed } = plan.waiting;
  const waits = added.length + changed.length + removed.length > 0;
  return (
    <div className={styles.bar}>
      <div className={styles.state}>
        {plan.version === 0 ? <span>{t("plan.bar.none")}</span> : (
          <span>
            {t("plan.bar.version", { version: plan.version })}
            {plan.published_at && <span className={styles.second}> · <Time at={plan.published_at} />{plan.published_by && ` · ${t("plan.bar.by", { name: plan.published_by.name })}`}</span>}
          </span>
        )}
        {waits ? (
          <span>
            <span className={styles.second}>{t("plan.bar.waiting")} </span>
            {added.length > 0 && <Tag color="success">{t("plan.bar.added", { count: added.length })}</Tag>}
            {changed.length > 0 && <Tag color="processing">{t("plan.bar.changed", { count: changed.length })}</Tag>}
            {removed.length > 0 && <Tag color="error">{t("plan.bar.removed", { count: removed.length })}</Tag>}
          </span>
        ) : plan.version > 0 && <span className={styles.second}>{t("plan.bar.same")}</span>}
      </div>
      {mayPublish && (waits || plan.version > 0) && <Button type="primary" disabled={!waits} onClick={() => { setAsked(true); }}>{t("plan.bar.publish")}</Button>}
      {asked && <Ask plan={plan} close={() => { setAsked(false); }} />}
    </div>
  );
}

function Ask({ plan, close }: { plan: TrackingPlan; close: () => void }) {
  const { t } = useTranslation("tracking");
  const toast = useToast();
  const publish = usePublish();
  const [note, setNote] = useState("");
  const send = () => {
    publish.mutate(note, {
      onSuccess: (made) => { toast.done(t("plan.bar.published", { version: made.number })); close(); },
      onError: toast.failed,
    });
  };
  return (
    <Modal
      open title={t("plan.bar.publishTitle", { version: plan.version + 1 })} okText={t("plan.bar.publish")}
      confirmLoading={publish.isPending} onOk={send} onCancel={close}
    >
      <p className={styles.lead}>{t("plan.bar.publishText")}</p>
      <ChangeTags changes={plan.waiting} />
      <Input.TextArea
        aria-label={t("plan.bar.publishNote")} placeholder={t("plan.bar.publishNote")} maxLength={500} rows={2}
        value={note} onChange={(event) => { setNote(event.target.value); }}
      />
    </Modal>
  );
}
