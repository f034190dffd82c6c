import { AuditOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const audit: ModuleRoutes = {
  routes: [
    {
      path: "/settings/audit",
      operation: "audit.see",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "safety", label: () => t("audit:menu"), text: () => t("audit:menuText"), icon: <AuditOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/Detail") }],
    },
  ],
};
