import type { Link } from "@cove/api/types";
import { ErrorNotice } from "@cove/kit/feedback/ErrorNotice";
import { useToast } from "@cove/kit/feedback/useToast";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { useKeptForm } from "@cove/kit/form/useKeptForm";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { LIST, linkQuery, useChangeLink } from "../api";
import { LinkForm } from "../parts/LinkForm";
import { bodyOf, valuesOf, type LinkValues } from "../parts/values";

function EditLink({ link }: { link: Link }) {
  const { t } = useTranslation("content");
  const { timezone } = useRegion();
  const navigate = useNavigate();
  const toast = useToast();
  const change = useChangeLink(link.id);
  const back = `${LIST}/${link.id.toString()}`;
  const initial = valuesOf(link, timezone);
  const kept = useKeptForm<LinkValues>({
    name: `links.${link.id.toString()}`,
    initial,
    submit: (values) => {
      const { expires_at, ...rest } = bodyOf(values, timezone);
      // A time of expiry that was not touched stays to the second, also one that has passed.
      return change.mutateAsync(values.until === initial.until ? rest : { ...rest, expires_at });
    },
  });
  const done = () => {
    toast.done(t("saved"));
    void navigate(back);
  };
  return <LinkForm title={t("editTitle", { name: link.name })} back={back} submitLabel={t("form.save")} kept={kept} onDone={done} />;
}

export default function LinkEdit() {
  const { data, error, refetch } = useQuery({ ...linkQuery(Number(useParams().id)), refetchOnWindowFocus: false });
  if (data) return <EditLink link={data} />;
  return error ? <ErrorNotice error={error} retry={() => void refetch()} /> : <Waiting />;
}
