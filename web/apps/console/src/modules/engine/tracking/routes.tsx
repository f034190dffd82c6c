import { ApartmentOutlined, ApiOutlined, DashboardOutlined, ProfileOutlined, SafetyOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const tracking: ModuleRoutes = {
  routes: [
    {
      path: "/settings/tracking",
      operation: "tracking.see_sources",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "sources", label: () => t("tracking:menu"), text: () => t("tracking:menuText"), icon: <ApiOutlined /> },
      children: [
        { path: "new", operation: "tracking.manage_sources", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
        { path: ":id/edit", operation: "tracking.manage_sources", load: () => import("./pages/Edit") },
      ],
    },
    {
      path: "/settings/tracking-plan",
      operation: "tracking.see_plan",
      load: () => import("./pages/plan/List"),
      menu: { section: "settings", group: "sources", label: () => t("tracking:plan.menu"), text: () => t("tracking:plan.menuText"), icon: <ProfileOutlined /> },
      children: [
        { path: "new", operation: "tracking.manage_plan", load: () => import("./pages/plan/Create") },
        { path: "events/:id", load: () => import("./pages/plan/Edit") },
      ],
    },
    { path: "/settings/tracking-plan/breaches", operation: "tracking.see_plan", load: () => import("./pages/plan/BreachList") },
    { path: "/settings/tracking-plan/live", operation: "tracking.watch_sources", load: () => import("./pages/plan/LiveDetail") },
    { path: "/settings/tracking-plan/code", operation: "tracking.see_plan", load: () => import("./pages/plan/CodeDetail") },
    { path: "/settings/tracking-plan/versions", operation: "tracking.see_plan", load: () => import("./pages/plan/VersionList") },
    { path: "/settings/tracking-plan/import", operation: "tracking.manage_plan", load: () => import("./pages/plan/ImportCreate") },
    {
      path: "/insight/usage",
      operation: "tracking.see_usage",
      load: () => import("./pages/UsageDetail"),
      menu: { section: "insight", label: () => t("tracking:usage.title"), icon: <DashboardOutlined /> },
    },
    {
      path: "/insight/accounts",
      operation: "tracking.see_usage",
      load: () => import("./pages/AccountList"),
      menu: { section: "insight", label: () => t("tracking:usage.accountsTitle"), icon: <ApartmentOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/AccountDetail") }],
    },
    {
      path: "/insight/traffic",
      operation: "tracking.see_traffic",
      load: () => import("./pages/TrafficDetail"),
      menu: { section: "insight", label: () => t("tracking:traffic.title"), icon: <SafetyOutlined /> },
      children: [{ path: "marks", load: () => import("./pages/TrafficMarkList") }],
    },
  ],
};
