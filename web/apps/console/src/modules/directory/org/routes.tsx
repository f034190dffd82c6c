import { ApartmentOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    {
      path: "/settings/organisation",
      operation: "org.see_members",
      load: () => import("./pages/List"),
      menu: { section: "settings", label: () => t("org:organisation.menu"), icon: <ApartmentOutlined /> },
      children: [
        { path: "new", operation: "org.manage_members", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
    { path: "/settings/organisation/import", operation: "org.manage_members", load: () => import("./pages/Import") },
  ],
};
