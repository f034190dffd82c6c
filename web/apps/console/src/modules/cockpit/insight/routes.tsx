import { FunnelPlotOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const insight: ModuleRoutes = {
  routes: [
    {
      path: "/insight/funnel",
      operation: "insight.see",
      load: () => import("./pages/Detail"),
      menu: { section: "insight", label: () => t("insight:menu"), icon: <FunnelPlotOutlined /> },
    },
  ],
};
