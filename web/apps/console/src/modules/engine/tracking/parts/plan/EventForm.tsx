import { ApiError } from "@cove/api/errors";
import { Panel } from "@cove/kit/page/Panel";
import { Form, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { MemberPicker } from "../../../../directory/org/embed/MemberPicker";
import styles from "./EventForm.module.css";
import { PropertyRows } from "./PropertyRows";
import type { EventEditor } from "./useEventEditor";

interface EventFormProps {
  editor: EventEditor;
  published: boolean;
  readOnly: boolean;
}

/** The fields of an event; the server's words stand at the fields they are about. */
export function EventForm({ editor, published, readOnly }: EventFormProps) {
  const { t } = useTranslation("tracking");
  const { values, change, error } = editor;
  const faults = error instanceof ApiError ? error.fields : {};
  const said = (field: string) => faults[field] ? { validateStatus: "error" as const, help: faults[field] } : {};
  const statuses = (["draft", "live", "retired"] as const).filter((status) => !published || status !== "draft");
  return (
    <>
      <Panel>
        <Form layout="vertical" disabled={readOnly} className={styles.fields}>
          <Form.Item label={t("plan.name")} htmlFor="plan-name" extra={t(published ? "plan.editor.fixedName" : "plan.nameHint")} {...said("name")}>
            <Input id="plan-name" value={values.name} maxLength={100} disabled={published} onChange={(event) => { change({ name: event.target.value }, "name"); }} />
          </Form.Item>
          <Form.Item label={t("plan.status")} htmlFor="plan-status" extra={t(`plan.statusHints.${values.status}`)} {...said("status")}>
            <Select id="plan-status" value={values.status} options={statuses.map((value) => ({ value, label: t(`plan.statuses.${value}`) }))} onChange={(status) => { change({ status }, ""); }} />
          </Form.Item>
          <Form.Item label={t("plan.note")} htmlFor="plan-note" className={styles.whole} {...said("note")}>
            <Input.TextArea id="plan-note" value={values.note} maxLength={500} autoSize={{ minRows: 1, maxRows: 6 }} placeholder={t("plan.noteHint")} onChange={(event) => { change({ note: event.target.value }, "note"); }} />
          </Form.Item>
          <Form.Item label={t("plan.owner")} {...said("owner_id")}>
            <MemberPicker value={values.owner?.id} chosen={values.owner ?? undefined} allowClear placeholder={t("plan.noOwner")} onChange={(owner) => { change({ owner: owner ?? null }, ""); }} />
          </Form.Item>
          <Form.Item label={t("plan.pqlLabel")} htmlFor="plan-pql" extra={t("plan.pqlHint")}>
            <Switch id="plan-pql" checked={values.pql} onChange={(pql) => { change({ pql }, ""); }} />
          </Form.Item>
        </Form>
      </Panel>
      <Panel title={t("plan.properties")}>
        <PropertyRows
          properties={values.properties} faults={faults} readOnly={readOnly}
          change={(properties, field) => { change({ properties }, field); }}
        />
      </Panel>
    </>
  );
}
