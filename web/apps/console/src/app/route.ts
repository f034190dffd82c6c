import type { Operation } from "@cove/api/operations";
import type { SlotFillings } from "@cove/kit/slots/Slots";
import type { ComponentType, ReactNode } from "react";

/** The sections of the navigation, in their order. */
export const SECTIONS = ["home", "people", "attract", "reach", "content", "sell", "serve", "insight", "apps", "settings"] as const;
export type Section = (typeof SECTIONS)[number];

/** Where the overview of the settings is. */
export const SETTINGS = "/settings";

/** The headings within the settings, in their order; the section is too long to be read without. */
export const SETTING_GROUPS = ["organisation", "safety", "sources", "system"] as const;
export type SettingGroup = (typeof SETTING_GROUPS)[number];

/** `text` says on the overview of the settings what a page is for. */
type MenuPlace = { section: Exclude<Section, "settings"> } | { section: "settings"; group: SettingGroup; text: () => string };

/** One page: where it is, what it is called, who may open it. Everything else is gathered from this. */
export interface PageRoute {
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  operation?: Operation;
  /** Pages without a menu entry are reached from other pages. */
  menu?: MenuPlace & { label: () => string; icon: ReactNode };
  /** Pages that open over this one, such as the detail over its list; paths are relative. */
  children?: PageRoute[];
}

export interface ModuleRoutes {
  routes: PageRoute[];
  /** Places on other modules' pages that this module fills. */
  slots?: SlotFillings;
}
