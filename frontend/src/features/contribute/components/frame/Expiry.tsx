import { useTranslation } from "react-i18next";

import { relativeTime, useLocale } from "@/lib/format";

import { useDraftState } from "../../hooks/use-draft";

/** Until when an unsubmitted draft is kept; each change moves it on. */
export function Expiry() {
  const { t } = useTranslation("contribute");
  const locale = useLocale();
  const { expiresAt } = useDraftState();
  if (!expiresAt) return null;
  return (
    <span className="text-xs text-muted">{t("expires", { when: relativeTime(expiresAt, locale) })}</span>
  );
}
