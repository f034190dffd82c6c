import { PageTabs } from "@cove/kit/page/PageTabs";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

export const TABS = { profile: "/account", security: "/account/security", notifications: "/account/notifications" } as const;
export type AccountTab = keyof typeof TABS;

/** The tab an address is of. */
export function useAccountTab(): AccountTab {
  const { pathname } = useLocation();
  return (Object.keys(TABS) as AccountTab[]).findLast((tab) => pathname.startsWith(TABS[tab])) ?? "profile";
}

export function AccountTabs() {
  const { t } = useTranslation("org");
  const places = (Object.keys(TABS) as AccountTab[]).map((tab) => ({ path: TABS[tab], label: t(`account.tab.${tab}`) }));
  return <PageTabs label={t("account.title")} here={TABS[useAccountTab()]} places={places} />;
}
