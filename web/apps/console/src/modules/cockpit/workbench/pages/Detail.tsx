import { useMay, useSession } from "@cove/api/session";
import { PageShell } from "@cove/kit/page/PageShell";
import { dayLabel } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { presetPeriod } from "@cove/kit/report/period";
import { useTranslation } from "react-i18next";

import { useCodeActivity } from "../../../business/live_codes/embed/useCodeActivity";
import { useContactFigures } from "../../../directory/people/embed/useContactFigures";
import { useWecomReady } from "../../../engine/channels/embed/useWecomReady";
import { useFailureCount } from "../../../kernel/log/embed/useFailureCount";
import { useOpenJobs } from "../../../kernel/jobs/embed/useOpenJobs";
import { Activity } from "../parts/Activity";
import { FirstSteps } from "../parts/FirstSteps";
import { NewContacts } from "../parts/NewContacts";
import { Tiles, type Tile } from "../parts/Tiles";
import styles from "./Detail.module.css";

const CONTACTS = "/people/contacts";
const CODES = "/attract/live-codes";

export default function Detail() {
  const { t } = useTranslation("workbench");
  const { language, timezone } = useRegion();
  const may = useMay();
  const session = useSession();
  const mayPeople = may("people.see_contacts");
  const mayCodes = may("live_codes.see");
  const contacts = useContactFigures(mayPeople).data;
  const activity = useCodeActivity(presetPeriod("7d", timezone), mayCodes);
  const wecomReady = useWecomReady(may("wecom.see_channel"));
  const failures = useFailureCount(may("log.see"));
  const jobs = useOpenJobs();
  const today = presetPeriod("today", timezone).to;

  const tiles: Tile[] = [
    { key: "total", label: t("tile.total"), value: contacts?.total, to: `${CONTACTS}?state=current`, shown: mayPeople },
    { key: "today", label: t("tile.today"), value: contacts?.newToday, more: contacts?.newTodayExact === false, to: `${CONTACTS}?sort=-created_at`, shown: mayPeople },
    { key: "scans", label: t("tile.scans"), value: activity?.totals.scans, previous: activity?.previous.scans, to: CODES, shown: mayCodes },
    { key: "lost", label: t("tile.lost"), value: contacts?.lost, to: `${CONTACTS}?state=lost`, shown: mayPeople },
    { key: "jobs", label: t("tile.jobs"), value: jobs?.length, shown: true },
    { key: "failures", label: t("tile.failures"), value: failures, to: "/settings/set-aside", waits: true, shown: may("log.see") },
  ];
  const steps = [
    { key: "wecom", done: wecomReady, to: "/settings/wecom", shown: may("wecom.see_channel") },
    { key: "code", done: activity && activity.codes > 0, to: `${CODES}/new`, shown: may("live_codes.create") },
    { key: "scan", done: contacts && contacts.total + contacts.lost > 0, to: CODES, shown: mayCodes && mayPeople },
  ] as const;
  return (
    <PageShell title={t("hello", { name: session?.member.name })} aside={dayLabel(today, language, today)} width="wide">
      <div className={styles.page}>
        <FirstSteps steps={steps.filter((step) => step.shown)} />
        <Tiles tiles={tiles} />
        <div className={styles.columns}>
          {mayCodes && <Activity activity={activity} />}
          {mayPeople && <NewContacts contacts={contacts?.newest} />}
        </div>
      </div>
    </PageShell>
  );
}
