import { useMay } from "@cove/api/session";
import type { Operation } from "@cove/api/operations";
import { Waiting } from "@cove/kit/feedback/Waiting";
import { lazy, Suspense, type ReactNode } from "react";
import { createBrowserRouter, RouterProvider, type RouteObject } from "react-router";

import { Crashed } from "./pages/Crashed";
import { Forbidden } from "./pages/Forbidden";
import { NotFound } from "./pages/NotFound";
import { Settings } from "./pages/Settings";
import { SETTINGS, type PageRoute } from "./route";
import { pageRoutes } from "./routes";
import { Shell } from "./shell/Shell";

function Guard({ operation, children }: { operation?: Operation; children: ReactNode }) {
  const may = useMay();
  return may(operation) ? children : <Forbidden operation={operation} />;
}

function toRouteObject({ path, load, operation, children }: PageRoute, waiting: ReactNode): RouteObject {
  const Page = lazy(load);
  return {
    path,
    element: <Guard operation={operation}><Suspense fallback={waiting}><Page /></Suspense></Guard>,
    errorElement: <Crashed />,
    // What opens over a page leaves that as it is until it is there itself.
    children: children?.map((child) => toRouteObject(child, null)),
  };
}

const router = createBrowserRouter([
  {
    path: "/",
    element: <Shell />,
    errorElement: <Crashed />,
    children: [...pageRoutes.map((page) => toRouteObject(page, <Waiting />)), { path: SETTINGS, element: <Settings /> }, { path: "*", element: <NotFound /> }],
  },
]);

export function Router() {
  return <RouterProvider router={router} />;
}
