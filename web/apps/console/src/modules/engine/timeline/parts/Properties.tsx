import { Facts } from "@cove/kit/detail/Facts";
import { duration, exactTime, percent } from "@cove/kit/region/format";
import { useRegion } from "@cove/kit/region/Region";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { propertyLabels, type PropertyKey } from "./propertyLabels";

const INTERNAL = /(^|_)(id|ids|key|token|hash)$/;
const ADDRESS = /^https?:\/\/\S+$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})$/;

function isSaid(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.every((each) => typeof each !== "object");
  return value !== null && value !== undefined && value !== "" && typeof value !== "object";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a fact says to a person: what is known by name, and whatever the sender put into its own `properties`. */
export function tellable(fact: Record<string, unknown>): [string, unknown][] {
  const own = isObject(fact.properties) ? Object.entries(fact.properties).filter(([key]) => !INTERNAL.test(key)) : [];
  const known = Object.entries(fact).filter(([key]) => key in propertyLabels);
  return [...known, ...own].filter(([, value]) => isSaid(value));
}

export function Properties({ properties }: { properties: [string, unknown][] }) {
  const { t } = useTranslation("timeline");
  const { language, timezone } = useRegion();
  const label = (key: string) => (key in propertyLabels ? t(propertyLabels[key as PropertyKey]) : key.replaceAll("_", " "));
  const text = (key: string, value: unknown): ReactNode => {
    if (key === "seconds" && typeof value === "number") return duration(value, language);
    if (key === "depth" && typeof value === "number") return percent(value / 100, language);
    if (typeof value === "string" && ADDRESS.test(value)) return <a href={value} target="_blank" rel="noreferrer noopener">{value}</a>;
    if (typeof value === "boolean") return value ? t("yes") : t("no");
    if (typeof value === "string" && MOMENT.test(value)) return exactTime(value, language, timezone);
    return Array.isArray(value) ? value.join("、") : String(value);
  };
  return <Facts rows={properties.map(([key, value]) => ({ label: label(key), value: text(key, value) }))} />;
}
