import type { CodeReport } from "@cove/api/types";
import type { Period } from "@cove/kit/report/period";
import { useQueries, useQuery } from "@tanstack/react-query";

import { codeChoicesQuery, codeReportQuery } from "../api";

const KEYS = ["scans", "adds", "losses"] as const;
type Activity = Record<(typeof KEYS)[number], number>;

export interface CodeActivity {
  codes: number;
  totals: Activity;
  previous: Activity;
  days: (Activity & { day: string })[];
}

function add<Sum extends Activity>(sum: Sum, more: Activity): Sum {
  const next = { ...sum };
  for (const key of KEYS) next[key] += more[key];
  return next;
}

const nothing = (): Activity => ({ scans: 0, adds: 0, losses: 0 });

function sumUp(reports: CodeReport[]): CodeActivity {
  const days = new Map<string, Activity & { day: string }>();
  for (const day of reports.flatMap((report) => report.days)) {
    days.set(day.day, add(days.get(day.day) ?? { day: day.day, ...nothing() }, day));
  }
  return {
    codes: reports.length,
    totals: reports.reduce((sum, report) => add(sum, report.totals), nothing()),
    previous: reports.reduce((sum, report) => add(sum, report.previous), nothing()),
    days: [...days.values()].sort((one, other) => one.day.localeCompare(other.day)),
  };
}

/** What all codes in use brought in a period; nothing until every report has come. */
export function useCodeActivity(period: Period, enabled: boolean): CodeActivity | undefined {
  const { data } = useQuery({ ...codeChoicesQuery, enabled });
  const reports = useQueries({
    queries: (data?.items ?? []).map((code) => codeReportQuery(code.id, period)),
    combine: (answers) => answers.map((answer) => answer.data),
  });
  if (!data || reports.some((report) => report === undefined)) return undefined;
  return sumUp(reports.filter((report) => report !== undefined));
}
