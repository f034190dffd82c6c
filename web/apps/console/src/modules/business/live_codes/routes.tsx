import { QrcodeOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/people/embed/slots";

const CodeFilter = lazy(() => import("./embed/CodeFilter"));

export const liveCodes: ModuleRoutes = {
  routes: [
    {
      path: "/attract/live-codes",
      operation: "live_codes.see",
      load: () => import("./pages/List"),
      menu: { section: "attract", label: () => t("live_codes:menu"), icon: <QrcodeOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/Detail") }],
    },
    { path: "/attract/live-codes/new", operation: "live_codes.create", load: () => import("./pages/Create") },
    { path: "/attract/live-codes/:id/edit", operation: "live_codes.change", load: () => import("./pages/Edit") },
  ],
  slots: { "contacts.codeFilter": CodeFilter },
};
