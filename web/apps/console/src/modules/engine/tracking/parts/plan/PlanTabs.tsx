import { useMay } from "@cove/api/session";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import { PLAN } from "../../api/plan";
import styles from "./plan.module.css";

const PLACES = { events: PLAN, breaches: `${PLAN}/breaches`, live: `${PLAN}/live`, code: `${PLAN}/code`, versions: `${PLAN}/versions` } as const;
type Place = keyof typeof PLACES;

/** What there is about the plan, each with an address of its own. */
export function PlanTabs() {
  const { t } = useTranslation("tracking");
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const may = useMay();
  const places = (Object.keys(PLACES) as Place[]).filter((place) => place !== "live" || may("tracking.watch_sources"));
  const here = places.findLast((place) => pathname.startsWith(PLACES[place])) ?? "events";
  return (
    <Tabs
      className={styles.tabs} activeKey={here}
      items={places.map((place) => ({ key: place, label: t(`plan.tab.${place}`) }))}
      onChange={(place) => void navigate(PLACES[place as Place])}
    />
  );
}
