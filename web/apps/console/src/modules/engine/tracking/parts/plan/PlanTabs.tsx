import { useMay } from "@cove/api/session";
import { PageTabs } from "@cove/kit/page/PageTabs";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { PLAN } from "../../api/plan";

const PLACES = { events: PLAN, breaches: `${PLAN}/breaches`, live: `${PLAN}/live`, code: `${PLAN}/code`, versions: `${PLAN}/versions` } as const;
type Place = keyof typeof PLACES;

/** What there is about the plan, each with an address of its own. */
export function PlanTabs() {
  const { t } = useTranslation("tracking");
  const { pathname } = useLocation();
  const may = useMay();
  const places = (Object.keys(PLACES) as Place[]).filter((place) => place !== "live" || may("tracking.watch_sources"));
  const here = places.findLast((place) => pathname.startsWith(PLACES[place])) ?? "events";
  return <PageTabs label={t("plan.title")} here={PLACES[here]} places={places.map((place) => ({ path: PLACES[place], label: t(`plan.tab.${place}`) }))} />;
}
