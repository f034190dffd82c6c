import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";

import { purposesQuery } from "../api";
import { PurposeForm } from "../parts/PurposeForm";

export default function Detail() {
  const { t } = useTranslation("privacy");
  const id = Number(useParams().id);
  const purpose = useQuery(purposesQuery).data?.find((one) => one.id === id);
  return purpose ? <PurposeForm title={t("purpose.edit")} purpose={purpose} key={purpose.id} /> : null;
}
