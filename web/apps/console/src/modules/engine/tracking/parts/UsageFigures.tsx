import type { UsageReport } from "@cove/api/types";
import { Figures, type Figure } from "@cove/kit/report/Figures";
import { useTranslation } from "react-i18next";

const SHOWN = ["accounts", "users", "events", "pql"] as const;

interface UsageFiguresProps {
  usage: UsageReport;
  before?: UsageReport;
  /** Of one account: how many accounts it is needs no figure. */
  single?: boolean;
}

/** How much products were used, against the period before. */
export function UsageFigures({ usage, before, single = false }: UsageFiguresProps) {
  const { t } = useTranslation("tracking");
  const figures = SHOWN.filter((key) => !(single && key === "accounts")).map((key): Figure => ({
    key, label: t(`usage.${key}`), value: usage[key], previous: before?.[key], definition: t(`usage.hint.${key}`),
  }));
  const features: Figure = { key: "features", label: t("usage.featuresUsed"), value: usage.features.length, definition: t("usage.hint.features") };
  return <Figures figures={single ? [...figures, features] : figures} />;
}
