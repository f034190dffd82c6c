import { MergeCellsOutlined, TeamOutlined } from "@ant-design/icons";
import { t } from "i18next";
import { lazy } from "react";

import type { ModuleRoutes } from "../../../app/route";
import "../../kernel/audit/embed/slots";

const MemberFilter = lazy(() => import("../org/embed/MemberFilter"));

export const people: ModuleRoutes = {
  routes: [
    {
      path: "/people/contacts",
      operation: "people.see_contacts",
      load: () => import("./pages/List"),
      menu: { section: "people", label: () => t("people:menu"), icon: <TeamOutlined /> },
      children: [{ path: ":id", load: () => import("./pages/Detail") }],
    },
    {
      path: "/people/duplicates",
      operation: "people.merge_contacts",
      load: () => import("./pages/DuplicateList"),
      menu: { section: "people", label: () => t("people:duplicates.title"), icon: <MergeCellsOutlined /> },
    },
  ],
  slots: { "audit.memberFilter": MemberFilter },
};
