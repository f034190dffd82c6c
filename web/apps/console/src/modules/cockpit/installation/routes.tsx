import { ClusterOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const installation: ModuleRoutes = {
  routes: [
    {
      path: "/settings/tenants",
      operation: "org.manage_installation",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "system", label: () => t("installation:menu"), text: () => t("installation:menuText"), icon: <ClusterOutlined /> },
      children: [
        { path: "new", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
  ],
};
