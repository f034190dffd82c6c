import type { FunnelResult } from "@cove/api/types";
import { Empty } from "@cove/kit/feedback/Empty";
import { useUrlState } from "@cove/kit/list/useUrlState";
import { duration, percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { Figures, type Figure } from "@cove/kit/report/Figures";
import { periodBefore, periodOf } from "@cove/kit/report/period";
import { PeriodPicker } from "@cove/kit/report/PeriodPicker";
import { ReportPage } from "@cove/kit/report/ReportPage";
import { ReportTable } from "@cove/kit/report/ReportTable";
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import { factKindsQuery } from "../../../engine/timeline/embed/facts";
import { funnelQuery, LEAST_STEPS } from "../api";
import { ExcludeSuspicious } from "../parts/ExcludeSuspicious";
import { FunnelBars } from "../parts/FunnelBars";
import { Steps } from "../parts/Steps";

const WINDOWS = [1, 24, 168, 720] as const;
const USUAL_WINDOW = 168;

function useFigures() {
  const { t } = useTranslation("insight");
  const { language } = useRegion();
  return (result: FunnelResult, before: FunnelResult | undefined): Figure[] => {
    const first = result.steps[0];
    const last = result.steps.at(-1);
    if (!first || !last) return [];
    const seconds = result.steps.reduce<number | null>((sum, step, index) =>
      index === 0 ? 0 : sum === null || step.median_seconds === null ? null : sum + step.median_seconds, null);
    return [
      { key: "entered", label: t("figure.entered"), value: first.people, previous: before?.steps[0]?.people, definition: t("definition.entered") },
      { key: "finished", label: t("figure.finished"), value: last.people, previous: before?.steps.at(-1)?.people, definition: t("definition.finished") },
      { key: "rate", label: t("figure.rate"), value: percent(last.from_first, language), definition: t("definition.rate") },
      { key: "time", label: t("figure.time"), value: seconds === null ? null : duration(seconds, language), definition: t("definition.time") },
    ];
  };
}

export default function Detail() {
  const { t } = useTranslation("insight");
  const { language, timezone } = useRegion();
  const [state, change] = useUrlState();
  const facts = useQuery(factKindsQuery);
  const kinds = state.steps?.split(",").filter(Boolean) ?? [];
  const { chosen, period } = periodOf(state, timezone, "30d");
  const windowHours = WINDOWS.find((hours) => hours.toString() === state.window) ?? USUAL_WINDOW;
  const suspicious = state.suspicious === "1";
  const query = useQuery(funnelQuery({ kinds, windowHours, period, suspicious }));
  const before = useQuery(funnelQuery({ kinds, windowHours, period: periodBefore(period), suspicious }));
  const figures = useFigures();
  return (
    <ReportPage
      title={t("title")}
      lead={t("lead")}
      query={query}
      filters={
        <>
          <Steps kinds={kinds} facts={facts.data?.items ?? []} change={(next) => { change({ steps: next.join(",") }); }} />
          <PeriodPicker chosen={chosen} period={period} change={change} />
          <Select
            aria-label={t("window.label")} value={windowHours} popupMatchSelectWidth={false}
            onChange={(hours) => { change({ window: hours.toString() }); }}
            options={WINDOWS.map((hours) => ({ value: hours, label: t(`window.h${hours}`) }))}
          />
          <ExcludeSuspicious excluded={!suspicious} change={(excluded) => { change({ suspicious: excluded ? "" : "1" }); }} />
        </>
      }
      idle={kinds.length < LEAST_STEPS ? <Empty title={t("idle")} text={t("idleText")} /> : undefined}
    >
      {(result) => (
        <>
          <Figures figures={figures(result, before.data)} />
          <FunnelBars result={result} />
          <ReportTable
            title={t("table")} file={`${t("title")} ${period.from}–${period.to}`} rowKey={(step) => step.kind} rows={result.steps}
            columns={[
              { key: "label", title: t("column.step"), value: (step) => step.label },
              { key: "people", title: t("column.people"), value: (step) => step.people },
              { key: "previous", title: t("column.fromPrevious"), value: (step) => step.from_previous, render: (step) => percent(step.from_previous, language) },
              { key: "first", title: t("column.fromFirst"), value: (step) => step.from_first, render: (step) => percent(step.from_first, language) },
              {
                key: "median", title: t("column.median"), value: (step) => step.median_seconds,
                render: (step) => (step.median_seconds === null ? "—" : duration(step.median_seconds, language)),
              },
            ]}
          />
        </>
      )}
    </ReportPage>
  );
}
