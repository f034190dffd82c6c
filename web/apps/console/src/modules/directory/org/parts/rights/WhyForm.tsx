import type { MemberRights } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { Panel } from "@cove/kit/page/Panel";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { recordChoicesQuery, rightsCatalogueQuery, useAskWhy } from "../../api/roles";
import { operationsOf } from "../roles/rights";
import styles from "./Rights.module.css";

interface RecordPickerProps {
  operation: string;
  kind: string;
  value: number | undefined;
  onChange: (id: number | undefined) => void;
}

/** Choose a record by name, or type its number. */
function RecordPicker({ operation, kind, value, onChange }: RecordPickerProps) {
  const { t } = useTranslation("org");
  const [search, setSearch] = useState("");
  const { data, isFetching } = useQuery(recordChoicesQuery(operation, search));
  const options = (data?.items ?? []).map((record) => ({ value: record.id, label: record.name || t("why.nameless") }));
  const typed = Number(search);
  if (Number.isSafeInteger(typed) && typed > 0 && !options.some((option) => option.value === typed)) {
    options.push({ value: typed, label: t("why.number", { id: typed }) });
  }
  return (
    <Select<number>
      className={styles.field} aria-label={t("why.record", { kind })} placeholder={t("why.record", { kind })} allowClear loading={isFetching}
      showSearch={{ filterOption: false, onSearch: setSearch }} value={value} options={options}
      onChange={(id: number | undefined) => { onChange(id); }}
    />
  );
}

/** "Why can he not see this?": a right, a record if one wants, and the answer in words. */
export function WhyForm({ found }: { found: MemberRights }) {
  const { t } = useTranslation("org");
  const { data: catalogue } = useQuery(rightsCatalogueQuery);
  const [operation, setOperation] = useState<string>();
  const [record, setRecord] = useState<number>();
  const ask = useAskWhy(found.member.id);
  const kind = catalogue && operation ? operationsOf(catalogue).get(operation)?.record : undefined;
  const choose = (key: string) => {
    setOperation(key);
    setRecord(undefined);
    ask.reset();
  };
  return (
    <Panel title={t("why.title", { name: found.member.name })}>
      <div className={styles.why}>
        <Select<string>
          className={styles.field} aria-label={t("why.operation")} placeholder={t("why.operation")} showSearch={{ optionFilterProp: "label" }}
          value={operation} onChange={choose}
          options={(catalogue?.modules ?? []).map((module) => ({
            label: module.label, options: module.operations.map((each) => ({ value: each.key, label: each.label })),
          }))}
        />
        {operation && kind && <RecordPicker key={operation} operation={operation} kind={kind} value={record} onChange={(id) => { setRecord(id); ask.reset(); }} />}
        <Button type="primary" disabled={!operation} loading={ask.isPending} onClick={() => { if (operation) ask.mutate({ operation, record_id: record }); }}>{t("why.ask")}</Button>
      </div>
      <div aria-live="polite">
        {ask.data && <Alert showIcon type={ask.data.may ? "success" : "warning"} title={ask.data.text} />}
        {ask.error && <ErrorNotice error={ask.error} />}
      </div>
    </Panel>
  );
}
