import type { TFunction } from "i18next";

import { SETTINGS } from "../route";
import type { SectionPages } from "../shell/useSections";

interface FoundPage {
  title: string;
  subtitle: string;
  url: string;
}

/** The pages in whose title, section, purpose or address the wanted words stand. */
export function searchPages(sections: SectionPages[], wanted: string, t: TFunction<"shell">): FoundPage[] {
  const found = sections.flatMap(({ section, pages }) => pages
    .filter((page) => says(wanted, page.menu?.label(), t(`section.${section}`), page.menu?.section === "settings" ? page.menu.text() : "", page.path))
    .map((page) => ({ title: page.menu?.label() ?? "", subtitle: t(`section.${section}`), url: page.path })));
  const overview = { title: t("section.settings"), subtitle: t("settingsPage.lead"), url: SETTINGS };
  const shown = sections.some(({ section }) => section === "settings") && says(wanted, overview.title, overview.url);
  return shown ? [...found, overview] : found;
}

function says(wanted: string, ...texts: (string | undefined)[]): boolean {
  return texts.join(" ").toLowerCase().includes(wanted);
}
