import { useTranslation } from "react-i18next";

/** Why work was not accepted, in words; what a gate named, which has no words here, as it is. */
export function ReasonText({ code }: { code: string }) {
  const { t, i18n } = useTranslation("review");
  return i18n.exists(`review:reason.${code}`) ? t(`reason.${code}`) : <span dir="ltr">{code}</span>;
}
