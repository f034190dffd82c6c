import { BellOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    { path: "/notifications", load: () => import("./pages/List") },
    { path: "/account/notifications", load: () => import("./pages/Edit") },
    {
      path: "/settings/notifications",
      operation: "org.set_notice_defaults",
      load: () => import("./pages/Detail"),
      menu: { section: "settings", label: () => t("org:notices.defaults"), icon: <BellOutlined /> },
    },
  ],
};
