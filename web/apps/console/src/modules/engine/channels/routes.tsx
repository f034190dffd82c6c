import {
  ApiOutlined, BarChartOutlined, CameraOutlined, CommentOutlined, FileTextOutlined, FunnelPlotOutlined, HeartOutlined, MailOutlined, MessageOutlined,
  NotificationOutlined, ProfileOutlined, SafetyOutlined, SendOutlined, StopOutlined, TeamOutlined, ToolOutlined, UsergroupAddOutlined,
  WalletOutlined, WechatOutlined, WechatWorkOutlined,
} from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import { ADS } from "./api/ads";
import { CREDITS } from "./api/credits";
import { EMAIL, SUPPRESSIONS, TEMPLATES } from "./api/email";
import { MASS } from "./api/mass";
import { MOMENTS } from "./api/moments";
import { SMS } from "./api/sms";
import { TOOLS } from "./api/tools";
import "../../directory/org/embed/slots";
import "../../directory/people/embed/slots";

const ContactsReach = lazy(() => import("./embed/ContactsReach"));
const OrganisationSync = lazy(() => import("./embed/OrganisationSync"));

export const channels: ModuleRoutes = {
  routes: [
    {
      path: "/settings/wecom",
      operation: "wecom.see_channel",
      load: () => import("./pages/Edit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:menu"), text: () => t("channels:menuText"), icon: <WechatWorkOutlined /> },
    },
    {
      path: "/insight/members",
      operation: "wecom.see_behaviour",
      load: () => import("./pages/BehaviourDetail"),
      menu: { section: "insight", label: () => t("channels:behaviour.title"), icon: <TeamOutlined /> },
    },
    {
      path: TOOLS,
      operation: "wecom.see_tools",
      load: () => import("./pages/ToolList"),
      menu: { section: "attract", label: () => t("channels:tools.menu"), icon: <ToolOutlined /> },
    },
    {
      path: MASS,
      operation: "wecom.send_mass",
      load: () => import("./pages/MassList"),
      menu: { section: "reach", label: () => t("channels:mass.menu"), icon: <CommentOutlined /> },
      children: [
        { path: "new", load: () => import("./pages/MassCreate") },
        { path: ":id", load: () => import("./pages/MassDetail") },
      ],
    },
    {
      path: MOMENTS,
      operation: "wecom.send_mass",
      load: () => import("./pages/MomentList"),
      menu: { section: "reach", label: () => t("channels:moments.menu"), icon: <CameraOutlined /> },
      children: [
        { path: "new", load: () => import("./pages/MomentCreate") },
        { path: ":id", load: () => import("./pages/MomentDetail") },
      ],
    },
    {
      path: "/people/groups",
      operation: "wecom.see_groups",
      load: () => import("./pages/GroupList"),
      menu: { section: "people", label: () => t("channels:groups.title"), icon: <UsergroupAddOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/GroupDetail") }],
    },
    {
      path: EMAIL,
      operation: "email.see",
      load: () => import("./pages/EmailEdit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:email.menu"), text: () => t("channels:email.menuText"), icon: <MailOutlined /> },
      children: [
        { path: "new", operation: "email.configure", load: () => import("./pages/EmailDomainCreate") },
        { path: ":id", operation: "email.configure", load: () => import("./pages/EmailDomainEdit") },
      ],
    },
    {
      path: TEMPLATES,
      operation: "email.see",
      load: () => import("./pages/EmailTemplateList"),
      menu: { section: "reach", label: () => t("channels:email.templates.menu"), icon: <FileTextOutlined /> },
    },
    { path: `${TEMPLATES}/new`, operation: "email.write_templates", load: () => import("./pages/EmailTemplateCreate") },
    { path: `${TEMPLATES}/:id`, operation: "email.see", load: () => import("./pages/EmailTemplateEdit") },
    {
      path: "/reach/email-results",
      operation: "email.see",
      load: () => import("./pages/EmailResultList"),
      menu: { section: "reach", label: () => t("channels:email.results.menu"), icon: <BarChartOutlined /> },
    },
    {
      path: SUPPRESSIONS,
      operation: "email.see",
      load: () => import("./pages/SuppressionList"),
      menu: { section: "reach", label: () => t("channels:email.suppressions.menu"), icon: <StopOutlined /> },
    },
    {
      path: "/settings/channel-health",
      operation: "doctor.see_health",
      load: () => import("./pages/HealthDetail"),
      menu: { section: "settings", group: "sources", label: () => t("channels:health.menu"), text: () => t("channels:health.menuText"), icon: <HeartOutlined /> },
    },
    {
      path: "/settings/reach-rules",
      operation: "delivery.see_rules",
      load: () => import("./pages/RulesEdit"),
      menu: { section: "settings", group: "safety", label: () => t("channels:rules.menu"), text: () => t("channels:rules.menuText"), icon: <SafetyOutlined /> },
    },
    {
      path: CREDITS,
      operation: "credits.see_credits",
      load: () => import("./pages/CreditsEdit"),
      menu: { section: "settings", group: "safety", label: () => t("channels:credits.menu"), text: () => t("channels:credits.menuText"), icon: <WalletOutlined /> },
    },
    {
      path: "/settings/webhooks",
      operation: "webhooks.see",
      load: () => import("./pages/WebhookList"),
      menu: { section: "settings", group: "sources", label: () => t("channels:webhooks.menu"), text: () => t("channels:webhooks.menuText"), icon: <ApiOutlined /> },
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
      menu: { section: "settings", group: "sources", label: () => t("channels:sms.menu"), text: () => t("channels:sms.menuText"), icon: <MessageOutlined /> },
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
      menu: { section: "settings", group: "sources", label: () => t("channels:ads.menu"), text: () => t("channels:ads.menuText"), icon: <NotificationOutlined /> },
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
      menu: { section: "settings", group: "sources", label: () => t("channels:wechat.menu"), text: () => t("channels:wechat.menuText"), icon: <WechatOutlined /> },
      children: [{ path: "new", operation: "wechat.configure", load: () => import("./pages/WechatCreate") }],
    },
    { path: "/settings/wechat/:id", operation: "wechat.see_accounts", load: () => import("./pages/WechatEdit") },
  ],
  slots: { "contacts.reach": ContactsReach, "organisation.sync": OrganisationSync, "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
