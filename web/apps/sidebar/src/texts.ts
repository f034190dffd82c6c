import { ApiError, UNREACHABLE } from "@cove/api/errors";
import { useRegion, type Language } from "@cove/kit/region/Region";

import en from "./locales/en";
import zh from "./locales/zh-CN";

export type Key = keyof typeof zh;
export type Say = (key: Key, values?: Record<string, string | number>) => string;

const TEXTS = { "zh-CN": zh, en };

/** The language before anybody is signed in: the device's. */
export function deviceLanguage(): Language {
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

export function useTexts(): Say {
  const { language } = useRegion();
  return (key, values = {}) => TEXTS[language][key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => (values[name] ?? "").toString());
}

/** What went wrong, in words: the server's own where it gave some. */
export function wordsOf(error: unknown, t: Say): string {
  if (!(error instanceof ApiError)) return t("unexpected");
  if (error.message) return error.message;
  return error.code === UNREACHABLE ? t("unreachable") : t("serverSaid", { status: error.status });
}
