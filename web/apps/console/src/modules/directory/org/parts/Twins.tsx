import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { twinsQuery, useJoinMembers } from "../api/members";
import styles from "./Twins.module.css";

/** Members who are probably one person, once by hand and once from WeCom: offered, never joined by itself. */
export function Twins() {
  const { t } = useTranslation("org");
  const toast = useToast();
  const { data } = useQuery(twinsQuery);
  const [open, setOpen] = useState(false);
  const join = useJoinMembers();
  const pairs = data?.items ?? [];
  if (pairs.length === 0) return null;
  return (
    <>
      <Alert className={styles.notice} type="warning" showIcon title={t("twins.found", { count: pairs.length })}
        action={<Button size="small" onClick={() => { setOpen(true); }}>{t("twins.look")}</Button>} />
      <Modal open={open} title={t("twins.title")} footer={null} onCancel={() => { setOpen(false); }}>
        <p>{t("twins.text")}</p>
        {pairs.map((pair) => (
          <div key={`${pair.member.id.toString()}-${pair.wecom_member.id.toString()}`} className={styles.pair}>
            <span>{t(pair.by_email ? "twins.byEmail" : "twins.byPhone", { hand: pair.member.name, wecom: pair.wecom_member.name })}</span>
            <Button size="small" loading={join.isPending}
              onClick={() => {
                join.mutate({ member_id: pair.member.id, wecom_member_id: pair.wecom_member.id }, {
                  onSuccess: (kept) => { toast.done(t("twins.joined", { name: kept.name })); }, onError: toast.failed,
                });
              }}>{t("twins.join")}</Button>
          </div>
        ))}
      </Modal>
    </>
  );
}
