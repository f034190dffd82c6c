import type { TrackingSourceCreate } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Input, Select } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCreateSource } from "../api";

const LIST = "/settings/tracking";
const NOTHING: TrackingSourceCreate = { name: "", allowed_origins: [] };

export default function Create() {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateSource();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<TrackingSourceCreate>({
    name: "tracking.new",
    initial: NOTHING,
    submit: async (values) => { made.current = (await create.mutateAsync(values)).id; },
  });
  const done = () => {
    toast.done(t("made"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<TrackingSourceCreate> title={t("create")} parent={LIST} kept={kept} submitLabel={t("create")} onDone={done}>
      <div>
        <Form.Item name="name" label={t("name")} rules={[{ required: true, whitespace: true, message: t("nameNeeded") }]}>
          <Input placeholder={t("nameHint")} maxLength={60} autoFocus />
        </Form.Item>
        <Form.Item name="allowed_origins" label={t("origins")} extra={t("originsHint")}>
          <Select mode="tags" open={false} suffix={null} tokenSeparators={[",", " ", "，", "\n"]} placeholder="https://" />
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
