import { SwapOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    {
      path: "/settings/hand-overs",
      operation: "org.hand_over",
      load: () => import("./pages/HandOverList"),
      menu: { section: "settings", label: () => t("org:handOver.menu"), icon: <SwapOutlined /> },
      children: [{ path: "new", operation: "org.hand_over", load: () => import("./pages/HandOverCreate") }],
    },
  ],
};
