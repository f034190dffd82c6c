import { useMay } from "@cove/api/session";
import { useKept } from "@cove/kit/region/Region";
import { Menu, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import type { PageRoute, Section } from "../route";
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
  const items: MenuProps["items"] = sections.map(({ section, pages }) => {
    const [only] = pages;
    if (section === "home" && only) return { ...entry(only), icon: sectionIcons[section] };
    return { key: section, icon: sectionIcons[section], label: t(`section.${section}`), children: pages.map((page) => ({ ...entry(page), icon: undefined })) };
  });
  const selected = currentPath(sections.flatMap((each) => each.pages), pathname);
  const open = sections.map((each) => each.section).filter((section) => !closed.includes(section));
  return (
    <nav aria-label={t("nav.label")} className={styles.nav}>
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
