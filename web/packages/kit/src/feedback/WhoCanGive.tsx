import { api, read } from "@cove/api/client";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

/** Whom to ask for a right that one lacks, by name. */
export function WhoCanGive({ operation }: { operation: string }) {
  const { t } = useTranslation("kit");
  const { data } = useQuery({
    queryKey: ["roles", "givers", operation],
    queryFn: () => read(api.GET("/api/session/why", { params: { query: { operation } } })),
    retry: false,
  });
  if (!data || data.givers.length === 0) return null;
  return <span>{t("error.givers", { right: data.label, names: data.givers.join("、") })}</span>;
}
