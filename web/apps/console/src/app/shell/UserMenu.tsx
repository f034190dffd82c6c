import { LogoutOutlined, UserOutlined } from "@ant-design/icons";
import { changeLocale, closeSession, sessionQuery, useSession } from "@cove/api/session";
import { useToast } from "@cove/kit/feedback/useToast";
import { PersonMark } from "@cove/kit/brand/PersonMark";
import type { Language } from "@cove/kit/region/Region";
import { useTheme, type ThemeChoice } from "@cove/kit/theme/ThemeRoot";
import { useQueryClient } from "@tanstack/react-query";
import { Dropdown, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useLanguage } from "../i18n/language";
import styles from "./UserMenu.module.css";

const LANGUAGES: [Language, string][] = [["zh-CN", "简体中文"], ["en", "English"]];
const THEMES: ThemeChoice[] = ["light", "dark", "system"];

export function UserMenu() {
  const { t } = useTranslation("shell");
  const session = useSession();
  const queries = useQueryClient();
  const toast = useToast();
  const { choice, choose } = useTheme();
  const { language, speak } = useLanguage();
  if (!session) return null;

  const setLanguage = async (next: Language) => {
    try {
      queries.setQueryData(sessionQuery.queryKey, await changeLocale(next));
      await speak(next);
      await queries.invalidateQueries(); // The server's texts come anew in the other language.
    } catch (error) {
      toast.failed(error);
    }
  };
  const signOut = async () => {
    try {
      await closeSession();
      queries.clear();
      location.assign("/");
    } catch (error) {
      toast.failed(error);
    }
  };
  const items: MenuProps["items"] = [
    { key: "who", type: "group", label: <span className={styles.who}>{session.member.email}</span> },
    { type: "divider" },
    { key: "account", icon: <UserOutlined />, label: <Link to="/account">{t("user.account")}</Link> },
    { type: "divider" },
    { key: "language", type: "group", label: t("user.language"), children: LANGUAGES.map(([key, label]) => ({ key, label, onClick: () => void setLanguage(key) })) },
    { key: "theme", type: "group", label: t("user.theme"), children: THEMES.map((key) => ({ key, label: t(`user.${key}`), onClick: () => { choose(key); } })) },
    { type: "divider" },
    { key: "out", icon: <LogoutOutlined />, label: t("user.signOut"), onClick: () => void signOut() },
  ];
  return (
    <Dropdown trigger={["click"]} menu={{ items, selectable: true, selectedKeys: [language, choice] }} placement="bottomRight">
      <button type="button" className={styles.button} aria-label={t("user.menu", { name: session.member.name })}>
        <PersonMark name={session.member.name} size={26} />
        <span className={styles.name}>{session.member.name}</span>
      </button>
    </Dropdown>
  );
}
