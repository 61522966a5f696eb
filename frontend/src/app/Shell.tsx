import { useTranslation } from "react-i18next";
import { Outlet, ScrollRestoration } from "react-router";

import { Header } from "./Header";
import { OfflineBar } from "./OfflineBar";

export function Shell() {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-ink px-4 py-2 text-on-ink focus:not-sr-only focus:fixed focus:start-4 focus:top-3"
      >
        {t("skip")}
      </a>
      <Header />
      <OfflineBar />
      <main id="main" tabIndex={-1} className="grow outline-none">
        <Outlet />
      </main>
      <ScrollRestoration />
    </div>
  );
}
