import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useLocation, useNavigate } from "react-router";

import styles from "./account.module.css";

export const TABS = { profile: "/account", security: "/account/security", notifications: "/account/notifications" } as const;
export type AccountTab = keyof typeof TABS;

/** The tab an address is of. */
export function useAccountTab(): AccountTab {
  const { pathname } = useLocation();
  return (Object.keys(TABS) as AccountTab[]).findLast((tab) => pathname.startsWith(TABS[tab])) ?? "profile";
}

export function AccountTabs() {
  const { t } = useTranslation("org");
  const navigate = useNavigate();
  const items = (Object.keys(TABS) as AccountTab[]).map((tab) => ({ key: tab, label: t(`account.tab.${tab}`) }));
  return <Tabs className={styles.tabs} activeKey={useAccountTab()} items={items} onChange={(tab) => void navigate(TABS[tab as AccountTab])} />;
}
