/** Texts in English and Arabic. A namespace is a file `locales/<language>.json` of a feature, loaded with the feature. */
import i18n, { type BackendModule } from "i18next";
import { initReactI18next } from "react-i18next";

export const LANGUAGES = { en: "English", ar: "العربية" } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = "openslate.language";
const shared = import.meta.glob<Record<string, unknown>>("../locales/*/*.json", { import: "default" });
const ofFeatures = import.meta.glob<Record<string, unknown>>("../features/*/locales/*.json", {
  import: "default",
});

/** What the server says in English, for the other languages: its errors and the findings of its gates. */
const SAID_BY_SERVER = ["server", "findings"];

const files: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace) => {
    if (language === "en" && SAID_BY_SERVER.includes(namespace)) return Promise.resolve({});
    const load =
      shared[`../locales/${language}/${namespace}.json`] ??
      ofFeatures[`../features/${namespace}/locales/${language}.json`];
    if (!load) throw new Error(`No texts for ${namespace} in ${language}.`);
    return load();
  },
};

function first(): Language {
  const kept = localStorage.getItem(KEY) ?? navigator.language;
  return kept.startsWith("ar") ? "ar" : "en";
}

function showDirection(language: string): void {
  document.documentElement.lang = language;
  document.documentElement.dir = i18n.dir(language);
}

async function start(): Promise<void> {
  i18n.on("languageChanged", showDirection);
  await i18n
    .use(files)
    .use(initReactI18next)
    .init({
      lng: first(),
      fallbackLng: "en",
      supportedLngs: Object.keys(LANGUAGES),
      ns: ["common", "errors", "server"],
      defaultNS: "common",
      interpolation: { escapeValue: false }, // React escapes
    });
}

/** Once it is kept, texts of other namespaces can be asked for. */
export const textsStarted = start();

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(KEY, language);
  await i18n.changeLanguage(language);
}
