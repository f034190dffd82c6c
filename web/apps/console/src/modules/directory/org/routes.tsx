import { BankOutlined, KeyOutlined, SafetyCertificateOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    {
      path: "/settings/roles",
      operation: "org.see_roles",
      load: () => import("./pages/roles/List"),
      menu: { section: "settings", label: () => t("org:roles.menu"), icon: <SafetyCertificateOutlined /> },
    },
    { path: "/settings/roles/new", operation: "org.manage_roles", load: () => import("./pages/roles/Create") },
    { path: "/settings/roles/:id", operation: "org.see_roles", load: () => import("./pages/roles/Edit") },
    { path: "/settings/members/:id/rights", operation: "org.see_roles", load: () => import("./pages/rights/Detail") },
    {
      path: "/settings/company",
      operation: "org.manage_company",
      load: () => import("./pages/company/Edit"),
      menu: { section: "settings", label: () => t("org:company.menu"), icon: <BankOutlined /> },
    },
    {
      path: "/settings/api-keys",
      operation: "org.manage_api_keys",
      load: () => import("./pages/keys/List"),
      menu: { section: "settings", label: () => t("org:keys.menu"), icon: <KeyOutlined /> },
      children: [{ path: "new", load: () => import("./pages/keys/Create") }],
    },
  ],
};
