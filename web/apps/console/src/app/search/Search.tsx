import { SearchOutlined } from "@ant-design/icons";
import { useMay } from "@cove/api/session";
import { CommandPalette, type PaletteGroup } from "@cove/kit/palette/CommandPalette";
import { useHotkey } from "@cove/kit/page/useHotkey";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "react-router";

import { useSections } from "../shell/useSections";
import { searchQuery } from "./api";
import { searchPages } from "./pages";
import styles from "./Search.module.css";

const COMMAND_KEY = /Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘K" : "Ctrl K";

/** The search of everything, in the header: ⌘K from anywhere, `/` where the page has no search of its own. */
export function Search() {
  const { t } = useTranslation("shell");
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const { pathname } = useLocation();
  const words = useDeferredValue(text.trim());
  const found = useQuery(searchQuery(open ? words : ""));
  const sections = useSections(useMay());
  const show = () => { setOpen(true); };
  useHotkey("k", show, { command: true });
  useHotkey("/", () => { if (!document.querySelector('[role="search"] input')) show(); });

  const wanted = words.toLowerCase();
  const pages: PaletteGroup = {
    key: "pages",
    label: t("search.pages"),
    items: searchPages(sections, wanted, t).filter(({ url }) => url !== pathname),
  };
  const groups = (found.data?.groups ?? []).map((group) => ({ key: group.kind, label: group.label, items: group.items }));
  return (
    <>
      <button type="button" className={styles.button} onClick={show} aria-keyshortcuts="Meta+K Control+K">
        <SearchOutlined aria-hidden />
        <span className={styles.words}>{t("search.button")}</span>
        <kbd className={styles.key}>{COMMAND_KEY}</kbd>
      </button>
      <CommandPalette
        open={open} close={() => { setOpen(false); setText(""); }} text={text} setText={setText}
        groups={[...groups, pages]} searching={found.isFetching}
      />
    </>
  );
}
