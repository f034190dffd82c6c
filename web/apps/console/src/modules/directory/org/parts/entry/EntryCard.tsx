import { Mark } from "@cove/kit/brand/Mark";
import { useRegion, type Language } from "@cove/kit/region/Region";
import { useEffect, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Water } from "../Water";
import styles from "./EntryCard.module.css";

const OTHER: Record<Language, [Language, string]> = { "zh-CN": ["en", "English"], en: ["zh-CN", "简体中文"] };

export type Speak = (language: Language) => Promise<void>;

interface EntryCardProps {
  /** What the browser's tab shows. */
  title: string;
  heading?: ReactNode;
  text?: ReactNode;
  foot?: ReactNode;
  speak: Speak;
  children: ReactNode;
}

/** The card of every page before one is in: sign-in, reset, invitation. */
export function EntryCard({ title, heading, text, foot, speak, children }: EntryCardProps) {
  const { t } = useTranslation("org");
  const { language } = useRegion();
  const [other, otherName] = OTHER[language];
  useEffect(() => { document.title = `${title} · Cove`; }, [title]);
  return (
    <div className={styles.page}>
      <Water />
      <main className={styles.card}>
        <header className={styles.brand}>
          <Mark size={40} />
          <div>
            <h1 className={styles.title}>Cove</h1>
            <p className={styles.lead}>{t("signIn.lead")}</p>
          </div>
        </header>
        {heading && <h2 className={styles.heading}>{heading}</h2>}
        {text && <p className={styles.text}>{text}</p>}
        {children}
        {foot && <div className={styles.foot}>{foot}</div>}
      </main>
      <button type="button" className={styles.language} lang={other} onClick={() => void speak(other)}>{otherName}</button>
    </div>
  );
}
