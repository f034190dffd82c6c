import { BarChartOutlined, FileTextOutlined, MailOutlined, StopOutlined, WechatWorkOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import { EMAIL, SUPPRESSIONS, TEMPLATES } from "./api/email";
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
      path: EMAIL,
      operation: "email.see",
      load: () => import("./pages/EmailEdit"),
      menu: { section: "settings", group: "sources", label: () => t("channels:email.menu"), icon: <MailOutlined /> },
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
      load: () => import("./pages/EmailReport"),
      menu: { section: "reach", label: () => t("channels:email.results.menu"), icon: <BarChartOutlined /> },
    },
    {
      path: SUPPRESSIONS,
      operation: "email.see",
      load: () => import("./pages/SuppressionList"),
      menu: { section: "reach", label: () => t("channels:email.suppressions.menu"), icon: <StopOutlined /> },
    },
  ],
  slots: { "organisation.sync": OrganisationSync, "signIn.ways": lazy(() => import("./embed/WecomSignIn")) },
};
