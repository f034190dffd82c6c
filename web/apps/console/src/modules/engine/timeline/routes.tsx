import { ApiOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/people/embed/slots";

const FirstTouch = lazy(() => import("./embed/FirstTouch"));
const ContactTimeline = lazy(() => import("./embed/ContactTimeline"));

export const timeline: ModuleRoutes = {
  routes: [
    {
      path: "/settings/tracking",
      operation: "tracking.see_sources",
      load: () => import("./pages/List"),
      menu: { section: "settings", label: () => t("timeline:menu"), icon: <ApiOutlined /> },
      children: [
        { path: "new", operation: "tracking.manage_sources", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
  ],
  slots: { "contact.centre": ContactTimeline, "contact.profile": FirstTouch },
};
