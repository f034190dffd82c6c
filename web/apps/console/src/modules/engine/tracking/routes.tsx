import { ApartmentOutlined, ApiOutlined, DashboardOutlined, SafetyOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const tracking: ModuleRoutes = {
  routes: [
    {
      path: "/settings/tracking",
      operation: "tracking.see_sources",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "sources", label: () => t("tracking:menu"), icon: <ApiOutlined /> },
      children: [
        { path: "new", operation: "tracking.manage_sources", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
    {
      path: "/insight/usage",
      operation: "tracking.see_usage",
      load: () => import("./pages/Usage"),
      menu: { section: "insight", label: () => t("tracking:usage.title"), icon: <DashboardOutlined /> },
    },
    {
      path: "/insight/accounts",
      operation: "tracking.see_usage",
      load: () => import("./pages/Accounts"),
      menu: { section: "insight", label: () => t("tracking:usage.accountsTitle"), icon: <ApartmentOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/AccountDetail") }],
    },
    {
      path: "/insight/traffic",
      operation: "tracking.see_traffic",
      load: () => import("./pages/Traffic"),
      menu: { section: "insight", label: () => t("tracking:traffic.title"), icon: <SafetyOutlined /> },
      children: [{ path: "marks", load: () => import("./pages/TrafficMarks") }],
    },
  ],
};
