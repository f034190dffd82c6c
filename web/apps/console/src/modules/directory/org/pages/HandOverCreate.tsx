import type { Named } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { urlNumber, useUrlState } from "@cove/kit/list/useUrlState";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { handOverPreviewQuery, useStartHandOver } from "../api/handOvers";
import { MemberPicker } from "../embed/MemberPicker";
import { HandOverKinds } from "../parts/HandOverKinds";
import { SuccessorsField, type SuccessorShare } from "../parts/SuccessorsField";
import styles from "./HandOverCreate.module.css";

const PARENT = "/settings/hand-overs";

/** Hand over: from whom, to whom, what. What will happen is shown before it does. */
export default function HandOverCreate() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const toast = useToast();
  const [state, change] = useUrlState();
  const [successors, setSuccessors] = useState<SuccessorShare[]>([]);
  const [left, setLeft] = useState<string[]>([]);
  const [why, setWhy] = useState("");
  const start = useStartHandOver();
  const from = urlNumber(state.from);
  const shares = successors.map((one) => ({ member_id: one.member.id, share: one.share }));
  const { data } = useQuery({ ...handOverPreviewQuery(from ?? 0, shares), enabled: from !== undefined });
  const preview = from === undefined ? undefined : data;
  const owned = (preview?.kinds ?? []).filter((kind) => kind.count > 0);
  const kinds = owned.filter((kind) => !left.includes(kind.kind)).map((kind) => kind.kind);
  const submit = () => {
    if (from === undefined) return;
    start.mutate({ member_id: from, successors: shares, kinds, why }, {
      onSuccess: () => { toast.done(t("handOver.started")); void navigate(PARENT); },
      onError: toast.failed,
    });
  };
  const choose = (member: Named | undefined) => { change({ from: member?.id.toString() }); setSuccessors([]); setLeft([]); };
  return (
    <Drawer
      open size="min(640px, 100vw)" title={t("handOver.start")} onClose={() => void navigate(PARENT)}
      footer={
        <Button type="primary" disabled={shares.length === 0 || kinds.length === 0} loading={start.isPending} onClick={submit}>
          {t("handOver.submit")}
        </Button>
      }
    >
      <div className={styles.form}>
        <div className={styles.field}>
          <span className={styles.label}>{t("handOver.from")}</span>
          <MemberPicker value={from} chosen={preview?.member} onChange={choose} placeholder={t("handOver.fromHint")} />
        </div>
        {preview && owned.length === 0 && <p className={styles.hint}>{t("handOver.nothing")}</p>}
        {preview && owned.length > 0 && (
          <>
            <SuccessorsField value={successors} change={setSuccessors} except={from} reach={preview.reach} />
            <HandOverKinds kinds={owned} left={left} change={setLeft} />
            <label className={styles.field}>
              <span className={styles.label}>{t("handOver.why")}</span>
              <Input value={why} maxLength={200} placeholder={t("handOver.whyHint")} onChange={(event) => { setWhy(event.target.value); }} />
            </label>
            <p className={styles.hint}>{t("handOver.undoHint")}</p>
          </>
        )}
      </div>
    </Drawer>
  );
}
