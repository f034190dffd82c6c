import { FunnelPlotOutlined, MessageOutlined, NotificationOutlined, ProfileOutlined, WechatWorkOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import { ADS } from "./api/ads";
import { SMS } from "./api/sms";
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
      path: SMS,
      operation: "sms.see",
      load: () => import("./pages/SmsEdit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:sms.menu"), icon: <MessageOutlined /> },
    },
    {
      path: "/reach/sms",
      operation: "sms.see",
      load: () => import("./pages/SmsList"),
      menu: { section: "reach", label: () => t("channels:sms.list.menu"), icon: <ProfileOutlined /> },
    },
    {
      path: ADS,
      operation: "ads.see",
      load: () => import("./pages/AdsEdit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:ads.menu"), icon: <NotificationOutlined /> },
    },
    {
      path: "/attract/ad-leads",
      operation: "ads.see",
      load: () => import("./pages/AdLeadList"),
      menu: { section: "attract", label: () => t("channels:ads.list.menu"), icon: <FunnelPlotOutlined /> },
    },
  ],
  slots: { "organisation.sync": OrganisationSync, "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
