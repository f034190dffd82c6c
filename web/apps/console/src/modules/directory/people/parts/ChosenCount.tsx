import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

/** How many contacts it is about, before it begins. */
export function ChosenCount({ chosen }: { chosen: { count: number; exact: boolean } | undefined }) {
  const { t } = useTranslation("people");
  const { language } = useRegion();
  if (!chosen) return null;
  return <p>{t("many.count", { count: chosen.count, shown: exactNumber(chosen.count, language) + (chosen.exact ? "" : "+") })}</p>;
}
