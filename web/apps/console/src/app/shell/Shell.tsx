import { MenuOutlined } from "@ant-design/icons";
import { useMay, useSession } from "@cove/api/session";
import { Mark } from "@cove/kit/brand/Mark";
import { useNarrow } from "@cove/kit/page/useNarrow";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet } from "react-router";

import { Tasks } from "../../modules/kernel/jobs/embed/Tasks";
import { Search } from "../search/Search";
import { Navigation } from "./Navigation";
import styles from "./Shell.module.css";
import { UserMenu } from "./UserMenu";
import { ViewersMark } from "./ViewersMark";

function Brand() {
  const session = useSession();
  return (
    <Link to="/" className={styles.brand}>
      <Mark size={26} />
      <span className={styles.name}>Cove</span>
      <span className={styles.tenant} title={session?.tenant.name}>{session?.tenant.name}</span>
    </Link>
  );
}

/** The frame around every page: navigation left, search, tasks and the member on top. */
export function Shell() {
  const { t } = useTranslation("shell");
  const narrow = useNarrow();
  const may = useMay();
  const [menuOpen, setMenuOpen] = useState(false);
  const close = () => { setMenuOpen(false); };
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>{t("nav.skip")}</a>
      {!narrow && (
        <aside className={styles.side}>
          <Brand />
          <Navigation />
        </aside>
      )}
      <div className={styles.main}>
        <header className={styles.header}>
          {narrow && (
            <>
              <Button type="text" icon={<MenuOutlined />} aria-label={t("nav.open")} onClick={() => { setMenuOpen(true); }} />
              <Link to="/" className={styles.small} aria-label="Cove"><Mark size={24} /></Link>
            </>
          )}
          <Search />
          <div className={styles.tools}>
            {may("jobs.see") && <Tasks />}
            <UserMenu />
          </div>
        </header>
        <main id="content" tabIndex={-1} className={styles.content}><ViewersMark><Outlet /></ViewersMark></main>
      </div>
      <Drawer open={narrow && menuOpen} placement="left" size={272} title={<Brand />} onClose={close} styles={{ body: { padding: 0 } }}>
        <Navigation onGo={close} />
      </Drawer>
    </div>
  );
}
