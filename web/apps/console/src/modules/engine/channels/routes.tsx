import { WechatOutlined, WechatWorkOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/org/embed/slots";

const OrganisationSync = lazy(() => import("./embed/OrganisationSync"));

export const channels: ModuleRoutes = {
  routes: [
    {
      path: "/settings/wecom",
      operation: "wecom.see_channel",
      load: () => import("./pages/Edit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:menu"), icon: <WechatWorkOutlined /> },
    },
    {
      path: "/settings/wechat",
      operation: "wechat.see_accounts",
      load: () => import("./pages/WechatList"),
      menu: { section: "settings", group: "sources", label: () => t("channels:wechat.menu"), icon: <WechatOutlined /> },
      children: [{ path: "new", operation: "wechat.configure", load: () => import("./pages/WechatCreate") }],
    },
    { path: "/settings/wechat/:id", operation: "wechat.see_accounts", load: () => import("./pages/WechatEdit") },
  ],
  slots: { "organisation.sync": OrganisationSync, "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
