import type { Texts } from "@cove/kit/locales/texts";

import type { zhCN } from "./zh-CN";

export const en: Texts<typeof zhCN> = {
  section: {
    home: "Home",
    people: "People",
    attract: "Attract",
    reach: "Reach",
    content: "Content",
    sell: "Sell",
    serve: "Serve",
    insight: "Insight",
    apps: "Apps",
    settings: "Settings",
  },
  settings: { organisation: "Organisation", safety: "Safety", sources: "Channels and data", system: "System" },
  settingsPage: { lead: "Organisation, compliance, channels and data.", none: "There is no setting that you may change", noneText: "An administrator can give your role more rights." },
  nav: { label: "Main navigation", open: "Open navigation", skip: "Skip to content" },
  search: { button: "Search", pages: "Pages" },
  user: {
    menu: "Menu of {{name}}",
    account: "My account",
    language: "Language",
    theme: "Theme",
    light: "Light",
    dark: "Dark",
    system: "As the system",
    signOut: "Sign out",
  },
  notFound: { title: "There is no page here", text: "The link may be old, or what it led to has moved.", home: "Go to Home" },
  forbidden: { title: "You may not see this page", text: "Ask an administrator if you need it." },
  crashed: { title: "This page met something unexpected", text: "Reloading usually helps; what you wrote is kept as a draft.", reload: "Reload" },
};
