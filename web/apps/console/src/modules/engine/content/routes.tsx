import { LinkOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const content: ModuleRoutes = {
  routes: [
    {
      path: "/attract/links",
      operation: "links.see",
      load: () => import("./pages/LinkList"),
      menu: { section: "attract", label: () => t("content:menu"), icon: <LinkOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/LinkDetail") }],
    },
    { path: "/attract/links/new", operation: "links.create", load: () => import("./pages/LinkCreate") },
    { path: "/attract/links/:id/edit", operation: "links.change", load: () => import("./pages/LinkEdit") },
  ],
};
