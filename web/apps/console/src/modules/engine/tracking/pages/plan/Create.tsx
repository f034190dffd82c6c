import type { PlannedEventDraft } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Input } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { PLAN, useAddEvent } from "../../api/plan";

const NOTHING: PlannedEventDraft = { name: "", note: "", status: "draft", pql: false, properties: [] };

export default function Create() {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const toast = useToast();
  const add = useAddEvent();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<PlannedEventDraft>({
    name: "tracking.plan.new",
    initial: NOTHING,
    submit: async (values) => { made.current = (await add.mutateAsync({ ...NOTHING, ...values })).id; },
  });
  const done = () => {
    toast.done(t("plan.made"));
    void navigate(`${PLAN}/events/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<PlannedEventDraft> title={t("plan.create")} parent={PLAN} kept={kept} submitLabel={t("plan.create")} onDone={done}>
      <div>
        <Form.Item name="name" label={t("plan.name")} extra={t("plan.nameHint")} rules={[{ required: true, whitespace: true, message: t("plan.nameNeeded") }]}>
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="note" label={t("plan.note")}>
          <Input.TextArea maxLength={500} rows={3} placeholder={t("plan.noteHint")} />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
