import { BankOutlined, KeyOutlined, LockOutlined, UserAddOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    { path: "/account", load: () => import("./pages/account/Edit") },
    { path: "/account/security", load: () => import("./pages/account/Edit") },
    {
      path: "/settings/invitations",
      operation: "org.invite_members",
      load: () => import("./pages/invitations/List"),
      menu: { section: "settings", label: () => t("org:invitations.title"), icon: <UserAddOutlined /> },
      children: [{ path: "new", load: () => import("./pages/invitations/Create") }],
    },
    {
      path: "/settings/security",
      operation: "org.set_sign_in_policy",
      load: () => import("./pages/security/Edit"),
      menu: { section: "settings", label: () => t("org:security.title"), icon: <LockOutlined /> },
    },
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
