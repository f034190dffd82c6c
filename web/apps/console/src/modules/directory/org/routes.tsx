import { ApartmentOutlined, BankOutlined, KeyOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const org: ModuleRoutes = {
  routes: [
    {
      path: "/settings/organisation",
      operation: "org.see_members",
      load: () => import("./pages/List"),
      menu: { section: "settings", label: () => t("org:organisation.menu"), icon: <ApartmentOutlined /> },
      children: [
        { path: "new", operation: "org.manage_members", load: () => import("./pages/Create") },
        { path: ":id", load: () => import("./pages/Detail") },
      ],
    },
    { path: "/settings/organisation/import", operation: "org.manage_members", load: () => import("./pages/Import") },
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
