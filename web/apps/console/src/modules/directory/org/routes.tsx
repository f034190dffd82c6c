import {
  ApartmentOutlined, BankOutlined, BellOutlined, KeyOutlined, LockOutlined, SafetyCertificateOutlined, SwapOutlined, UserAddOutlined,
} from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    { path: "/account", load: () => import("./pages/account/Edit") },
    { path: "/account/security", load: () => import("./pages/account/Edit") },
    { path: "/account/notifications", load: () => import("./pages/account/Edit") },
    { path: "/notifications", load: () => import("./pages/notices/List") },
    {
      path: "/settings/organisation",
      operation: "org.see_members",
      load: () => import("./pages/List"),
      menu: { section: "settings", group: "organisation", label: () => t("org:organisation.menu"), text: () => t("org:organisation.menuText"), icon: <ApartmentOutlined /> },
      children: [
        { path: "new", operation: "org.manage_members", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
    { path: "/settings/organisation/import", operation: "org.manage_members", load: () => import("./pages/ImportCreate") },
    {
      path: "/settings/invitations",
      operation: "org.invite_members",
      load: () => import("./pages/invitations/List"),
      menu: { section: "settings", group: "organisation", label: () => t("org:invitations.title"), text: () => t("org:invitations.menuText"), icon: <UserAddOutlined /> },
      children: [{ path: "new", load: () => import("./pages/invitations/Create") }],
    },
    {
      path: "/settings/roles",
      operation: "org.see_roles",
      load: () => import("./pages/roles/List"),
      menu: { section: "settings", group: "organisation", label: () => t("org:roles.menu"), text: () => t("org:roles.menuText"), icon: <SafetyCertificateOutlined /> },
    },
    { path: "/settings/roles/new", operation: "org.manage_roles", load: () => import("./pages/roles/Create") },
    { path: "/settings/roles/:id", operation: "org.see_roles", load: () => import("./pages/roles/Edit") },
    { path: "/settings/members/:id/rights", operation: "org.see_roles", load: () => import("./pages/rights/Detail") },
    {
      path: "/settings/hand-overs",
      operation: "org.hand_over",
      load: () => import("./pages/HandOverList"),
      menu: { section: "settings", group: "organisation", label: () => t("org:handOver.menu"), text: () => t("org:handOver.menuText"), icon: <SwapOutlined /> },
      children: [{ path: "new", operation: "org.hand_over", load: () => import("./pages/HandOverCreate") }],
    },
    {
      path: "/settings/security",
      operation: "org.set_sign_in_policy",
      load: () => import("./pages/security/Edit"),
      menu: { section: "settings", group: "safety", label: () => t("org:security.title"), text: () => t("org:security.menuText"), icon: <LockOutlined /> },
    },
    {
      path: "/settings/notifications",
      operation: "org.set_notice_defaults",
      load: () => import("./pages/notices/Detail"),
      menu: { section: "settings", group: "system", label: () => t("org:notices.defaults"), text: () => t("org:notices.menuText"), icon: <BellOutlined /> },
    },
    {
      path: "/settings/api-keys",
      operation: "org.manage_api_keys",
      load: () => import("./pages/keys/List"),
      menu: { section: "settings", group: "safety", label: () => t("org:keys.menu"), text: () => t("org:keys.menuText"), icon: <KeyOutlined /> },
      children: [{ path: "new", load: () => import("./pages/keys/Create") }],
    },
    {
      path: "/settings/company",
      operation: "org.manage_company",
      load: () => import("./pages/company/Edit"),
      menu: { section: "settings", group: "organisation", label: () => t("org:company.menu"), text: () => t("org:company.menuText"), icon: <BankOutlined /> },
    },
  ],
};
