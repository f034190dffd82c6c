import type { Language } from "@cove/kit/region/Region";

/** Parts of one sentence behind each other. */
export function joined(parts: string[], language: Language): string {
  return parts.join(language === "en" ? ", " : "，");
}
