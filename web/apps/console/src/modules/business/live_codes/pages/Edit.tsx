import type { LiveCode } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { LIST, liveCodeQuery, useChangeCode } from "../api";
import { CodeForm } from "../parts/CodeForm";
import { bodyOf, valuesOf, type CodeValues } from "../parts/values";

function EditCode({ code }: { code: LiveCode }) {
  const { t } = useTranslation("live_codes");
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeCode(code.id);
  const back = `${LIST}/${code.id.toString()}`;
  const kept = useKeptForm<CodeValues>({
    name: `live_codes.${code.id.toString()}`,
    initial: valuesOf(code),
    submit: (values) => change.mutateAsync(bodyOf(values)),
  });
  const done = () => {
    toast.done(t("saved"));
    void navigate(back);
  };
  return <CodeForm title={t("editTitle", { name: code.name })} back={back} submitLabel={t("form.save")} kept={kept} knownTags={code.tags} onDone={done} />;
}

export default function Edit() {
  const { data, error, refetch } = useQuery({ ...liveCodeQuery(Number(useParams().id)), refetchOnWindowFocus: false });
  if (data) return <EditCode code={data} />;
  return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
}
