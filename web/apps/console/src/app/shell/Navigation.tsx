import { useMay } from "@cove/api/session";
import { useKept } from "@cove/kit/region/Region";
import { Menu, type MenuProps } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { SETTING_GROUPS, type PageRoute, type Section } from "../route";
import styles from "./Navigation.module.css";
import { sectionIcons } from "./sectionIcons";
import { useSections } from "./useSections";

/** Choose the entry whose address begins the current one; the longest wins. */
function currentPath(pages: PageRoute[], pathname: string): string | undefined {
  return pages
    .map((page) => page.path)
    .filter((path) => pathname === path || (path !== "/" && pathname.startsWith(`${path}/`)))
    .sort((one, other) => other.length - one.length)[0];
}

/** Scroll the entry of the current page to the middle when it is out of sight. Only the list itself is moved, never the drawer around it. */
function showSelected(nav: HTMLElement) {
  const item = nav.querySelector(".ant-menu-item-selected")?.getBoundingClientRect();
  const frame = nav.getBoundingClientRect();
  if (item && (item.top < frame.top || item.bottom > frame.bottom)) nav.scrollTop += item.top - frame.top - frame.height / 2;
}

export function Navigation({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation("shell");
  const { pathname } = useLocation();
  const sections = useSections(useMay());
  const [closed, setClosed] = useKept<Section[]>("nav.closed", []);
  const entry = (page: PageRoute) => ({
    key: page.path,
    icon: page.menu?.icon,
    label: <Link to={page.path} onClick={onGo}>{page.menu?.label()}</Link>,
  });
  const plain = (page: PageRoute) => ({ ...entry(page), icon: undefined });
  const grouped = (pages: PageRoute[]) => SETTING_GROUPS
    .map((group) => ({
      type: "group" as const, key: group, label: t(`settings.${group}`),
      children: pages.filter(({ menu }) => menu?.section === "settings" && menu.group === group).map(plain),
    }))
    .filter(({ children }) => children.length > 0);
  const items: MenuProps["items"] = sections.map(({ section, pages }) => {
    const [only] = pages;
    if (section === "home" && only) return { ...entry(only), icon: sectionIcons[section] };
    const children = section === "settings" ? grouped(pages) : pages.map(plain);
    return { key: section, icon: sectionIcons[section], label: t(`section.${section}`), children };
  });
  const selected = currentPath(sections.flatMap((each) => each.pages), pathname);
  const open = sections.map((each) => each.section).filter((section) => !closed.includes(section));
  const nav = useRef<HTMLElement>(null);
  // The menu is longer than the window: who opens an address sees where he is.
  useEffect(() => { if (nav.current) showSelected(nav.current); }, [selected]);
  return (
    <nav ref={nav} aria-label={t("nav.label")} className={styles.nav}>
      <Menu
        mode="inline"
        inlineIndent={16}
        items={items}
        selectedKeys={selected ? [selected] : []}
        openKeys={open}
        onOpenChange={(keys) => { setClosed(sections.map((each) => each.section).filter((section) => !keys.includes(section))); }}
      />
    </nav>
  );
}
