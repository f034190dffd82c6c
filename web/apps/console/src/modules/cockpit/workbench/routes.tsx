import { HomeOutlined, InboxOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../directory/people/embed/slots";

export const workbench: ModuleRoutes = {
  routes: [
    { path: "/", load: () => import("./pages/Detail"), menu: { section: "home", label: () => t("workbench:menu"), icon: <HomeOutlined /> } },
    {
      path: "/people/handed-to-me",
      operation: "people.see_contacts",
      load: () => import("./pages/HandedToMeList"),
      menu: { section: "people", label: () => t("workbench:mine.title"), icon: <InboxOutlined /> },
    },
    { path: "/people/handed-to-me/:id", operation: "people.see_contacts", load: () => import("./pages/TransferBriefDetail") },
  ],
  slots: { "contact.next": lazy(() => import("./embed/ContactBrief")) },
};
