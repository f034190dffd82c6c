import type { TrackingSourceCreate } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { Form, Radio } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCreateSource } from "../api/sources";
import { SourceFields } from "../parts/SourceFields";

const LIST = "/settings/tracking";
const KINDS = ["web", "miniprogram", "server"] as const;
const NOTHING: TrackingSourceCreate = { name: "", kind: "web", allowed_origins: [] };

export default function Create() {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateSource();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<TrackingSourceCreate>({
    name: "tracking.new",
    initial: NOTHING,
    submit: async (values) => {
      const origins = values.kind === "web" ? values.allowed_origins : [];
      made.current = (await create.mutateAsync({ ...values, allowed_origins: origins })).id;
    },
  });
  const done = () => {
    toast.done(t("made"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return (
    <FormDrawer<TrackingSourceCreate> title={t("create")} parent={LIST} kept={kept} submitLabel={t("create")} onDone={done}>
      <div>
        <Form.Item name="kind" label={t("kind")} extra={t("kindHint")} required>
          <Radio.Group options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item noStyle dependencies={["kind"]}>
          {({ getFieldValue }) => <SourceFields origins={getFieldValue("kind") === "web"} />}
        </Form.Item>
      </div>
    </FormDrawer>
  );
}
