import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { init, use as register, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";

import { useRegion } from "../region/Region";
import { useTheme } from "../theme/ThemeRoot";
import { seriesOption, type SeriesChartData } from "./seriesOption";

register([BarChart, LineChart, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const HEIGHT = 260;

export default function Drawing({ data, label }: { data: SeriesChartData; label: string }) {
  const { meanings } = useTheme();
  const { language } = useRegion();
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const drawn = init(element, null, { renderer: "svg" });
    chart.current = drawn;
    const watcher = new ResizeObserver(() => { drawn.resize(); });
    watcher.observe(element);
    return () => {
      watcher.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    chart.current?.setOption(seriesOption(data, meanings, language), { notMerge: true });
  }, [data, meanings, language]);
  return <div ref={frame} role="img" aria-label={label} style={{ height: HEIGHT }} />;
}
