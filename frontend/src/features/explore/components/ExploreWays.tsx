import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";

const WAYS = [
  ["/explore", "search"],
  ["/explore/coverage", "coverage"],
  ["/explore/datasets", "datasets"],
] as const;

/** The three ways of looking at accepted data. */
export function ExploreWays() {
  const { t } = useTranslation("explore");
  return (
    <nav aria-label={t("ways.label")} className="mb-6 flex gap-5 border-b border-line">
      {WAYS.map(([to, key]) => (
        <NavLink
          key={to}
          to={to}
          end
          className="-mb-px border-b-2 border-transparent py-2.5 text-sm text-muted transition hover:text-ink aria-[current=page]:border-tungsten aria-[current=page]:font-medium aria-[current=page]:text-ink"
        >
          {t(`ways.${key}`)}
        </NavLink>
      ))}
    </nav>
  );
}
