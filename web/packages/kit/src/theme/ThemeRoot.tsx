import { App, ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";

import { antdTheme } from "./antd";
import { dark, light, writeProperties, type Meanings } from "./meanings";
import "./global.css";

export type ThemeChoice = "light" | "dark" | "system";

interface ThemeState {
  choice: ThemeChoice;
  choose: (choice: ThemeChoice) => void;
  meanings: Meanings;
}

const STORED = "cove.theme";
const CHOICES: readonly ThemeChoice[] = ["light", "dark", "system"];
const ThemeContext = createContext<ThemeState | null>(null);

function storedChoice(): ThemeChoice {
  const stored = localStorage.getItem(STORED);
  return CHOICES.find((choice) => choice === stored) ?? "system";
}

function useSystemDark(): boolean {
  const [isDark, setDark] = useState(() => matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const media = matchMedia("(prefers-color-scheme: dark)");
    const listen = () => { setDark(media.matches); };
    media.addEventListener("change", listen);
    return () => { media.removeEventListener("change", listen); };
  }, []);
  return isDark;
}

export function ThemeRoot({ locale, children }: { locale: Locale; children: ReactNode }) {
  const [choice, setChoice] = useState(storedChoice);
  const systemDark = useSystemDark();
  const isDark = choice === "dark" || (choice === "system" && systemDark);
  const meanings = isDark ? dark : light;
  const config = useMemo(() => antdTheme(meanings, isDark), [meanings, isDark]);
  useEffect(() => {
    writeProperties(document.documentElement, meanings);
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  }, [meanings, isDark]);
  const state = useMemo(() => {
    const choose = (next: ThemeChoice) => {
      localStorage.setItem(STORED, next);
      setChoice(next);
    };
    return { choice, choose, meanings };
  }, [choice, meanings]);
  return (
    <ThemeContext value={state}>
      <ConfigProvider theme={config} locale={locale} button={{ autoInsertSpace: false }} form={{ requiredMark: false }}>
        <App notification={{ placement: "bottomLeft" }}>{children}</App>
      </ConfigProvider>
    </ThemeContext>
  );
}

export function useTheme(): ThemeState {
  const state = use(ThemeContext);
  if (!state) throw new Error("useTheme needs a ThemeRoot above it");
  return state;
}
