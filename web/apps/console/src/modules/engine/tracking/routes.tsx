import { ApiOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const tracking: ModuleRoutes = {
  routes: [
    {
      path: "/settings/tracking",
      operation: "tracking.see_sources",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "sources", label: () => t("tracking:menu"), icon: <ApiOutlined /> },
      children: [
        { path: "new", operation: "tracking.manage_sources", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
        { path: ":id/edit", operation: "tracking.manage_sources", load: () => import("./pages/Edit") },
      ],
    },
  ],
};
