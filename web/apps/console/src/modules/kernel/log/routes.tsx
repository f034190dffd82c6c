import { WarningOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const log: ModuleRoutes = {
  routes: [
    {
      path: "/settings/set-aside",
      operation: "log.see",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "system", label: () => t("log:menu"), text: () => t("log:menuText"), icon: <WarningOutlined /> },
    },
  ],
};
