import { useMay } from "@cove/api/session";
import { exactNumber } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { CREDITS, creditsQuery } from "../api/credits";
import styles from "./Credits.module.css";

/** Beside what is about to be sent: what the company may still send of it. Nothing where nothing is counted, or the reader may not know. */
export function CreditsLeft({ tariff, needed = 1 }: { tariff: string; needed?: number }) {
  const { t } = useTranslation("channels");
  const { language } = useRegion();
  const may = useMay()("credits.see_credits");
  const { data } = useQuery({ ...creditsQuery, enabled: may });
  const one = data?.find((each) => each.tariff === tariff);
  if (!one?.opened) return null;
  const enough = one.left >= needed;
  return (
    <p className={enough ? styles.quiet : styles.low}>
      {t("credits.stillLeft", { left: exactNumber(one.left, language), unit: one.unit })}
      {!enough && <> · {t("credits.tooFew")}</>} <Link to={CREDITS}>{t("credits.look")}</Link>
    </p>
  );
}
