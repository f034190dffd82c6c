import type { Language } from "@cove/kit/region/Region";
import type { Locale } from "antd/es/locale";
import dayjs from "dayjs";
import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { initReactI18next } from "react-i18next";

const STORED = "cove.language";
const loaders = {
  "zh-CN": () => import("./zh-CN"),
  en: () => import("./en"),
};

interface Spoken {
  language: Language;
  antdLocale: Locale;
}

let spoken: Spoken;
const listeners = new Set<() => void>();

function firstLanguage(): Language {
  const stored = localStorage.getItem(STORED);
  if (stored === "zh-CN" || stored === "en") return stored;
  return navigator.language.toLowerCase().startsWith("en") ? "en" : "zh-CN";
}

/** Change the language of the whole console; its texts come as one file of their own. */
export async function speak(language: Language): Promise<void> {
  if ((spoken as Spoken | undefined)?.language === language) return;
  const { resources, antdLocale, dayjsLocale } = await loaders[language]();
  for (const [namespace, texts] of Object.entries(resources)) i18next.addResourceBundle(language, namespace, texts);
  dayjs.locale(dayjsLocale);
  document.documentElement.lang = language;
  localStorage.setItem(STORED, language);
  spoken = { language, antdLocale };
  await i18next.changeLanguage(language);
  for (const listener of listeners) listener();
}

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    resources: {},
    lng: firstLanguage(),
    fallbackLng: false,
    interpolation: { escapeValue: false }, // React escapes.
  });
  await speak(firstLanguage());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => { listeners.delete(listener); };
}

export function useLanguage(): Spoken & { speak: typeof speak } {
  return { ...useSyncExternalStore(subscribe, () => spoken), speak };
}
