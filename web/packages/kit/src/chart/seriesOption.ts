import type { BarSeriesOption, LineSeriesOption } from "echarts/charts";
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from "echarts/components";
import type { ComposeOption } from "echarts/core";

import { exactNumber, shortNumber } from "../region/format";
import type { Language } from "../region/Region";
import { fontFamily, type Meanings } from "../theme/meanings";

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

export interface SeriesChartData {
  kind: "line" | "bar";
  categories: string[];
  /** What the categories are (a day, a member). */
  categoryLabel: string;
  series: { key: string; name: string; values: number[] }[];
  /** What is counted; stands at the axis. */
  unit: string;
}

/** The one look of our charts: hairline grid, no frame, our four colours in their order. */
export function seriesOption(data: SeriesChartData, meanings: Meanings, language: Language): ChartOption {
  const text = { color: meanings.inkSecond, fontFamily, fontSize: 12 };
  const series = data.series.map(({ key, name, values }, index): BarSeriesOption | LineSeriesOption => data.kind === "line"
    ? {
        type: "line", id: key, name, data: values, symbol: "circle", symbolSize: 5, showSymbol: values.length < 15,
        lineStyle: { width: 2 }, ...(index === 0 ? { areaStyle: { opacity: 0.07 } } : {}),
      }
    : { type: "bar", id: key, name, data: values, barMaxWidth: 22, itemStyle: { borderRadius: [3, 3, 0, 0] } });
  return {
    animationDuration: 240,
    color: [meanings.chart1, meanings.chart2, meanings.chart3, meanings.chart4],
    textStyle: text,
    grid: { left: 4, right: 8, top: 44, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { top: 0, right: 0, icon: "roundRect", itemWidth: 12, itemHeight: 4, itemGap: 16, textStyle: text },
    tooltip: {
      trigger: "axis", confine: true,
      backgroundColor: meanings.raised, borderColor: meanings.line, borderWidth: 1, extraCssText: "box-shadow:none",
      textStyle: { ...text, color: meanings.ink },
      valueFormatter: (value) => (typeof value === "number" ? exactNumber(value, language) : "—"),
    },
    xAxis: {
      type: "category", data: data.categories, boundaryGap: data.kind === "bar",
      axisLine: { lineStyle: { color: meanings.lineStrong } }, axisTick: { show: false }, axisLabel: { ...text, hideOverlap: true },
    },
    yAxis: {
      type: "value", minInterval: 1, name: data.unit, nameTextStyle: { ...text, align: "left" }, nameGap: 16,
      splitLine: { lineStyle: { color: meanings.line } },
      axisLabel: { ...text, formatter: (value: number) => shortNumber(value, language) },
    },
    series,
  };
}
