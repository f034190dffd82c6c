import type { ChangeSet, ChosenContacts, Named } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { ChangeWatch } from "../../../kernel/changesets/embed/ChangeWatch";
import { useUndo } from "../../../kernel/changesets/embed/useUndo";
import { MemberPicker } from "../../org/embed/MemberPicker";
import { chosenCountsQuery, useUpdateContacts } from "../api";
import { TagPicker } from "../embed/TagPicker";
import { ChosenCount } from "./ChosenCount";
import styles from "./ManyDialog.module.css";

interface UpdateDialogProps {
  chosen: ChosenContacts;
  what: "tags" | "owner";
  close: () => void;
}

/** Change many contacts: tags and company, or who follows them. How many is shown before, the way back after. */
export function UpdateDialog({ chosen, what, close }: UpdateDialogProps) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const queries = useQueryClient();
  const undo = useUndo();
  const { data: counts } = useQuery(chosenCountsQuery(chosen));
  const [add, setAdd] = useState<number[]>([]);
  const [remove, setRemove] = useState<number[]>([]);
  const [company, setCompany] = useState("");
  const [owner, setOwner] = useState<Named>();
  const start = useUpdateContacts();
  const count = what === "owner" ? counts?.hand_over : counts?.update;
  const nothing = what === "owner" ? !owner : add.length + remove.length === 0 && company.trim() === "";
  const submit = () => {
    const fields = company.trim() ? { company_name: company.trim() } : undefined;
    const body = what === "owner" ? { add: [], remove: [], owner_id: owner?.id } : { add, remove, fields };
    start.mutate({ selection: chosen, ...body }, { onError: toast.failed });
  };
  const done = (change: ChangeSet) => {
    void queries.invalidateQueries({ queryKey: ["contacts"] });
    toast.undoable(t("many.updated", { count: change.changed }), () => { undo(change.id); });
    close();
  };
  return (
    <Modal
      open title={what === "owner" ? t("many.owner") : t("many.update")} okText={t("many.submit")} onCancel={close} onOk={submit}
      confirmLoading={start.isPending} okButtonProps={{ disabled: nothing || count?.count === 0 }} footer={start.data ? null : undefined}
    >
      {start.data ? <ChangeWatch id={start.data.id} onDone={done} /> : (
        <div className={styles.form}>
          <ChosenCount chosen={count} />
          {what === "owner" ? (
            <div className={styles.field}>
              <span className={styles.label}>{t("many.newOwner")}</span>
              <MemberPicker value={owner?.id} chosen={owner} onChange={setOwner} />
            </div>
          ) : (
            <>
              <div className={styles.field}>
                <span className={styles.label}>{t("many.add")}</span>
                <TagPicker value={add} onChange={setAdd} except={remove} />
              </div>
              <div className={styles.field}>
                <span className={styles.label}>{t("many.remove")}</span>
                <TagPicker value={remove} onChange={setRemove} except={add} />
              </div>
              <label className={styles.field}>
                <span className={styles.label}>{t("many.company")}</span>
                <Input value={company} maxLength={128} placeholder={t("many.companyHint")} onChange={(event) => { setCompany(event.target.value); }} />
              </label>
            </>
          )}
        </div>
      )}
    </Modal>
  );
}
