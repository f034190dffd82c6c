import type { ChosenContacts } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { useQuery } from "@tanstack/react-query";
import { Checkbox, Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { JobWatch } from "../../../kernel/jobs/embed/JobProgress";
import { chosenCountsQuery, exportColumnsQuery, useExportContacts } from "../api";
import { ChosenCount } from "./ChosenCount";
import styles from "./ManyDialog.module.css";

/** Choose columns and kind of file; the file is made as a job and stays under Tasks for seven days. */
export function ExportDialog({ chosen, close }: { chosen: ChosenContacts; close: () => void }) {
  const { t } = useTranslation("people");
  const toast = useToast();
  const { data: offered, error, refetch } = useQuery(exportColumnsQuery);
  const { data: counts } = useQuery(chosenCountsQuery(chosen));
  const [left, setLeft] = useState<string[]>([]);
  const [format, setFormat] = useState<"xlsx" | "csv">("xlsx");
  const start = useExportContacts();
  const columns = (offered?.columns ?? []).map((column) => column.key).filter((key) => !left.includes(key));
  const submit = () => {
    start.mutate({ selection: chosen, columns, format }, { onSuccess: () => { toast.done(t("many.exportStarted")); }, onError: toast.failed });
  };
  return (
    <Modal
      open title={t("many.exportTitle")} okText={start.data ? t("many.close") : t("many.export")} onCancel={close}
      onOk={start.data ? close : submit} confirmLoading={start.isPending}
      okButtonProps={{ disabled: columns.length === 0 || counts?.export.count === 0 }}
      cancelButtonProps={start.data ? { style: { display: "none" } } : undefined}
    >
      {error && <ErrorNotice error={error} retry={() => void refetch()} />}
      {start.data ? <JobWatch id={start.data.id} /> : (
        <div className={styles.form}>
          <ChosenCount chosen={counts?.export} />
          <div className={styles.field}>
            <span className={styles.label}>{t("many.columns")}</span>
            <div className={styles.columns}>
              {offered?.columns.map((column) => (
                <Checkbox
                  key={column.key} checked={!left.includes(column.key)}
                  onChange={() => { setLeft(left.includes(column.key) ? left.filter((key) => key !== column.key) : [...left, column.key]); }}
                >
                  {column.label}
                  {column.masked && <span className={styles.hint}> {t("many.masked")}</span>}
                </Checkbox>
              ))}
            </div>
          </div>
          <div className={styles.field}>
            <span className={styles.label}>{t("many.format")}</span>
            <Radio.Group value={format} onChange={(event) => { setFormat(event.target.value as "xlsx" | "csv"); }}>
              <Radio value="xlsx">{t("many.xlsx")}</Radio>
              <Radio value="csv">{t("many.csv")}</Radio>
            </Radio.Group>
          </div>
        </div>
      )}
    </Modal>
  );
}
