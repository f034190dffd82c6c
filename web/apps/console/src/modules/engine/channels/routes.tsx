import { WechatWorkOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/org/embed/slots";

export const channels: ModuleRoutes = {
  routes: [
    {
      path: "/settings/wecom",
      operation: "wecom.see_channel",
      load: () => import("./pages/Edit"),
      menu: { section: "settings", label: () => t("channels:menu"), icon: <WechatWorkOutlined /> },
    },
  ],
  slots: { "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
