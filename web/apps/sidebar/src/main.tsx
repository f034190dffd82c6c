import "@cove/kit/theme/global.css";
import "./page.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ApiError } from "@cove/api/errors";
import { createRoot } from "react-dom/client";

import { Sidebar } from "./Sidebar";
import { followTheme } from "./theme";

const MOST_TRIES = 2;

// What was refused stays refused; what did not arrive is asked again.
const queries = new QueryClient({
  defaultOptions: {
    queries: { retry: (failed, error) => error instanceof ApiError && (error.status === 0 || error.status >= 500) && failed < MOST_TRIES },
  },
});

followTheme();
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(<QueryClientProvider client={queries}><Sidebar /></QueryClientProvider>);
