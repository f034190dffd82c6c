import { HomeOutlined } from "@ant-design/icons";
import { t } from "i18next";

import type { ModuleRoutes } from "../../../app/route";

export const workbench: ModuleRoutes = {
  routes: [{ path: "/", load: () => import("./pages/Detail"), menu: { section: "home", label: () => t("workbench:menu"), icon: <HomeOutlined /> } }],
};
