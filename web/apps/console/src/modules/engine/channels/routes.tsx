import { UsergroupAddOutlined, WechatWorkOutlined } from "@ant-design/icons";
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
      path: "/people/groups",
      operation: "wecom.see_groups",
      load: () => import("./pages/GroupList"),
      menu: { section: "people", label: () => t("channels:groups.title"), icon: <UsergroupAddOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/GroupDetail") }],
    },
  ],
  slots: { "organisation.sync": OrganisationSync, "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
