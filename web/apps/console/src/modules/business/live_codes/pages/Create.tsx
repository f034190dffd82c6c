import { useToast } from "@cove/kit/feedback/useToast";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { LIST, useCreateCode } from "../api";
import { CodeForm } from "../parts/CodeForm";
import { bodyOf, emptyValues, type CodeValues } from "../parts/values";

export default function Create() {
  const { t } = useTranslation("live_codes");
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateCode();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<CodeValues>({
    name: "live_codes.new",
    initial: emptyValues,
    submit: async (values) => { made.current = (await create.mutateAsync(bodyOf(values))).id; },
  });
  const done = () => {
    toast.done(t("made"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return <CodeForm title={t("create")} back={LIST} submitLabel={t("form.create")} kept={kept} onDone={done} />;
}
