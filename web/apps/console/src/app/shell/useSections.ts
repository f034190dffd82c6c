import type { Operation } from "@cove/api/operations";

import { SECTIONS, type PageRoute, type Section } from "../route";
import { pageRoutes } from "../routes";

export interface SectionPages {
  section: Section;
  pages: PageRoute[];
}

/** The sections that have pages which this member may open. */
export function useSections(may: (operation: Operation | undefined) => boolean): SectionPages[] {
  return SECTIONS.map((section) => ({
    section,
    pages: pageRoutes.filter((page) => page.menu?.section === section && may(page.operation)),
  })).filter(({ pages }) => pages.length > 0);
}
