import { Facts } from "@cove/kit/detail/Facts";
import { exactTime } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import { useTranslation } from "react-i18next";

import { propertyLabels, type PropertyKey } from "./propertyLabels";

const INTERNAL = /(^|_)(id|ids|key|token|hash)$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/;

/** The properties of a fact that say something to a person: no numbers of ours, nothing empty. */
export function tellable(properties: Record<string, unknown>): [string, unknown][] {
  return Object.entries(properties).flatMap(([key, value]): [string, unknown][] => {
    if (INTERNAL.test(key) || value === null || value === "" || value === undefined) return [];
    if (typeof value === "object" && !Array.isArray(value)) return tellable(value as Record<string, unknown>);
    if (Array.isArray(value) && (value.length === 0 || value.some((each) => typeof each === "object"))) return [];
    return [[key, value]];
  });
}

export function Properties({ properties }: { properties: [string, unknown][] }) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  const label = (key: string) => (key in propertyLabels ? t(propertyLabels[key as PropertyKey]) : key.replaceAll("_", " "));
  const text = (value: unknown): string => {
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (typeof value === "string" && MOMENT.test(value)) return exactTime(value, language, timezone);
    return Array.isArray(value) ? value.join("、") : String(value);
  };
  return <Facts rows={properties.map(([key, value]) => ({ label: label(key), value: text(value) }))} />;
}
