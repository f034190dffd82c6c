import { useMay, useSession } from "@cove/api/session";
import { PageShell } from "@cove/kit/page/PageShell";
import { dayLabel } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { presetPeriod } from "@cove/kit/report/period";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { useHasCodes } from "../../../business/live_codes/embed/useHasCodes";
import { useNewestContacts } from "../../../directory/people/embed/useNewestContacts";
import { useWecomReady } from "../../../engine/channels/embed/useWecomReady";
import { useOpenJobs } from "../../../kernel/jobs/embed/useOpenJobs";
import { useFailureCount } from "../../../kernel/log/embed/useFailureCount";
import { overviewQuery } from "../api";
import { Activity } from "../parts/Activity";
import { FirstSteps } from "../parts/FirstSteps";
import { NewContacts } from "../parts/NewContacts";
import { Tiles, type Tile } from "../parts/Tiles";
import styles from "./Detail.module.css";

const CONTACTS = "/people/contacts";
const CODES = "/attract/live-codes";
const NEWEST = 6;

function useTiles(): Tile[] {
  const { t } = useTranslation("workbench");
  const may = useMay();
  const { data } = useQuery({ ...overviewQuery, enabled: may("insight.see") });
  const failures = useFailureCount(may("log.see"));
  const jobs = useOpenJobs(true);
  const counts = may("insight.see");
  const contacts = may("people.see_contacts") ? CONTACTS : undefined;
  return [
    { key: "total", label: t("tile.total"), value: data?.contacts, to: contacts, shown: counts },
    { key: "today", label: t("tile.today"), value: data?.new_today, to: contacts && `${CONTACTS}?sort=-created_at`, shown: counts },
    { key: "scans", label: t("tile.scans"), value: data?.scans, to: may("live_codes.see") ? CODES : undefined, shown: counts },
    { key: "visits", label: t("tile.visits"), value: data?.visits, shown: counts },
    { key: "lost", label: t("tile.lost"), value: data?.lost_today, to: contacts && `${CONTACTS}?state=lost`, shown: counts },
    { key: "jobs", label: t("tile.jobs"), value: jobs?.length, shown: true },
    { key: "failures", label: t("tile.failures"), value: failures, to: "/settings/set-aside", waits: true, shown: may("log.see") },
  ];
}

export default function Detail() {
  const { t } = useTranslation("workbench");
  const { language, timezone } = useRegion();
  const may = useMay();
  const session = useSession();
  const mayPeople = may("people.see_contacts");
  const mayCodes = may("live_codes.see");
  const newest = useNewestContacts(NEWEST, mayPeople);
  const hasCodes = useHasCodes(mayCodes);
  const wecomReady = useWecomReady(may("wecom.see_channel"));
  const tiles = useTiles();
  const today = presetPeriod("today", timezone).to;
  const steps = [
    { key: "wecom", done: wecomReady, to: "/settings/wecom", shown: may("wecom.see_channel") },
    { key: "code", done: hasCodes, to: `${CODES}/new`, shown: may("live_codes.create") },
    { key: "scan", done: newest && newest.length > 0, to: CODES, shown: mayCodes && mayPeople },
  ] as const;
  return (
    <PageShell title={t("hello", { name: session?.member.name })} aside={dayLabel(today, language, today)} width="wide">
      <div className={styles.page}>
        <FirstSteps steps={steps.filter((step) => step.shown)} />
        <Tiles tiles={tiles} />
        <div className={styles.columns}>
          {may("insight.see") && <Activity />}
          {mayPeople && <NewContacts contacts={newest} />}
        </div>
      </div>
    </PageShell>
  );
}
