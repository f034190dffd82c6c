import type { TrackingSource, TrackingSourceChange } from "@cove/api/types";
import { useToast } from "@cove/kit/feedback/useToast";
import { FormDrawer } from "@cove/kit/form/FormDrawer";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { sourcesQuery, useChangeSource } from "../api/sources";
import { SourceFields } from "../parts/SourceFields";

function EditForm({ source }: { source: TrackingSource }) {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeSource(source.id);
  const parent = `/settings/tracking/${source.id.toString()}`;
  const kept = useKeptForm<TrackingSourceChange>({
    name: `tracking.edit.${source.id.toString()}`,
    initial: { name: source.name, allowed_origins: source.allowed_origins },
    submit: async (values) => { await change.mutateAsync(values); },
  });
  const done = () => {
    toast.done(t("saved"));
    void navigate(parent);
  };
  return (
    <FormDrawer<TrackingSourceChange> title={t("edit")} parent={parent} kept={kept} submitLabel={t("save")} onDone={done}>
      <div><SourceFields origins={source.kind === "web"} /></div>
    </FormDrawer>
  );
}

export default function Edit() {
  const id = Number(useParams().id);
  const { data } = useQuery(sourcesQuery);
  const source = data?.items.find((each) => each.id === id);
  return source ? <EditForm source={source} /> : null;
}
