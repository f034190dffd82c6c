import { SafetyCertificateOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../people/embed/slots";

export const privacy: ModuleRoutes = {
  routes: [
    {
      path: "/settings/privacy",
      operation: "privacy.manage",
      load: () => import("./pages/Edit"),
      menu: { section: "settings", group: "safety", label: () => t("privacy:menu"), text: () => t("privacy:menuText"), icon: <SafetyCertificateOutlined /> },
      children: [
        { path: "purposes/new", load: () => import("./pages/Create") },
        { path: "purposes/:id", load: () => import("./pages/Detail") },
      ],
    },
  ],
  slots: { "contact.privacy": lazy(() => import("./embed/ContactPrivacy")) },
};
