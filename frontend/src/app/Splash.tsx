import { useTranslation } from "react-i18next";

export function Splash() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")} className="grid min-h-[60dvh] place-items-center">
      <div className="clapper h-2 w-28 animate-pulse-soft rounded-full" />
    </div>
  );
}
