import { useMay } from "@cove/api/session";
import { Empty } from "@cove/kit/feedback/Empty";
import { PageShell } from "@cove/kit/page/PageShell";
import { Panel } from "@cove/kit/page/Panel";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { SETTING_GROUPS, type PageRoute, type SettingGroup } from "../route";
import { useSections } from "../shell/useSections";
import styles from "./Settings.module.css";

/** The overview of the settings: what each page is for, as far as this member may open it. */
export function Settings() {
  const { t } = useTranslation("shell");
  const sections = useSections(useMay());
  const pages = sections.find(({ section }) => section === "settings")?.pages ?? [];
  const groups = SETTING_GROUPS.map((group) => ({ group, entries: pages.filter((page) => belongs(page, group)) })).filter(({ entries }) => entries.length > 0);
  return (
    <PageShell title={t("section.settings")} lead={t("settingsPage.lead")} width="wide">
      {groups.length === 0 && <Panel><Empty title={t("settingsPage.none")} text={t("settingsPage.noneText")} /></Panel>}
      <div className={styles.groups}>
        {groups.map(({ group, entries }) => (
          <Panel key={group} title={t(`settings.${group}`)}>
            <ul className={styles.entries}>{entries.map((page) => <Entry key={page.path} page={page} />)}</ul>
          </Panel>
        ))}
      </div>
    </PageShell>
  );
}

function belongs({ menu }: PageRoute, group: SettingGroup): boolean {
  return menu?.section === "settings" && menu.group === group;
}

function Entry({ page: { path, menu } }: { page: PageRoute }) {
  if (menu?.section !== "settings") return null;
  return (
    <li>
      <Link to={path} className={styles.entry}>
        <span className={styles.icon} aria-hidden>{menu.icon}</span>
        <span>
          <span className={styles.label}>{menu.label()}</span>
          <span className={styles.text}>{menu.text()}</span>
        </span>
      </Link>
    </li>
  );
}
