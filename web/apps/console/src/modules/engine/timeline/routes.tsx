import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/people/embed/slots";

export const timeline: ModuleRoutes = {
  routes: [],
  slots: {
    "contact.centre": lazy(() => import("./embed/ContactTimeline")),
    "contact.profile": lazy(() => import("./embed/FirstTouch")),
  },
};
