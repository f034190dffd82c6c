import { useToast } from "@cove/kit/feedback/useToast";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useRegion } from "@cove/kit/region/Region";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { LIST, useCreateLink } from "../api";
import { LinkForm } from "../parts/LinkForm";
import { bodyOf, emptyValues, type LinkValues } from "../parts/values";

export default function LinkCreate() {
  const { t } = useTranslation("content");
  const { timezone } = useRegion();
  const navigate = useNavigate();
  const toast = useToast();
  const create = useCreateLink();
  const made = useRef<number>(undefined);
  const kept = useKeptForm<LinkValues>({
    name: "links.new",
    initial: emptyValues,
    submit: async (values) => { made.current = (await create.mutateAsync(bodyOf(values, timezone))).id; },
  });
  const done = () => {
    toast.done(t("made"));
    void navigate(`${LIST}/${made.current?.toString() ?? ""}`);
  };
  return <LinkForm title={t("create")} back={LIST} submitLabel={t("form.create")} kept={kept} onDone={done} />;
}
