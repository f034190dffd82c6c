import { ApiOutlined, FunnelPlotOutlined, HeartOutlined, MessageOutlined, NotificationOutlined, ProfileOutlined, SafetyOutlined, SendOutlined, UsergroupAddOutlined, WechatOutlined, WechatWorkOutlined } from "@ant-design/icons";
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
      path: "/people/groups",
      operation: "wecom.see_groups",
      load: () => import("./pages/GroupList"),
      menu: { section: "people", label: () => t("channels:groups.title"), icon: <UsergroupAddOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/GroupDetail") }],
    },
    {
      path: "/settings/channel-health",
      operation: "doctor.see_health",
      load: () => import("./pages/HealthDetail"),
      menu: { section: "settings", group: "sources", label: () => t("channels:health.menu"), icon: <HeartOutlined /> },
    },
    {
      path: "/settings/reach-rules",
      operation: "delivery.see_rules",
      load: () => import("./pages/RulesEdit"),
      menu: { section: "settings", group: "safety", label: () => t("channels:rules.menu"), icon: <SafetyOutlined /> },
    },
    {
      path: "/settings/webhooks",
      operation: "webhooks.see",
      load: () => import("./pages/WebhookList"),
      menu: { section: "settings", group: "sources", label: () => t("channels:webhooks.menu"), icon: <ApiOutlined /> },
      children: [
        { path: "new", operation: "webhooks.manage", load: () => import("./pages/WebhookCreate") },
        { path: ":id", load: () => import("./pages/WebhookDetail") },
        { path: ":id/edit", operation: "webhooks.manage", load: () => import("./pages/WebhookEdit") },
      ],
    },
    {
      path: "/reach/deliveries",
      operation: "delivery.see_deliveries",
      load: () => import("./pages/DeliveryList"),
      menu: { section: "reach", label: () => t("channels:deliveries.menu"), icon: <SendOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/DeliveryDetail") }],
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
