import { percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";

/** How a number stands to what it was; a dash where there was nothing to compare with. */
export function Change({ value, before }: { value: number; before: number }) {
  const { language } = useRegion();
  if (before === 0) return <>—</>;
  const change = (value - before) / before;
  return <>{change > 0 ? "+" : ""}{percent(change, language).replace("-", "−")}</>;
}
