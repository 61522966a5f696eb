import clsx from "clsx";
import { useTranslation } from "react-i18next";
import { NavLink, Outlet } from "react-router";

/** What an operator looks after, in groups; each is the last part of its page's address. */
const GROUPS = {
  now: ["platform", "payouts"],
  work: ["campaigns", "gates", "calibrations", "gold", "disputes"],
  people: ["people", "reports", "audit"],
} as const;

/** The operator's pages with the way between them: beside on a desk, above on a phone. */
export function Component() {
  const { t } = useTranslation("operator");
  return (
    <div className="mx-auto max-w-7xl lg:grid lg:grid-cols-[11.5rem_minmax(0,1fr)]">
      <nav
        aria-label={t("title")}
        className="relative flex gap-x-5 overflow-x-auto border-b border-line px-4 sm:px-8 lg:sticky lg:top-14 lg:block lg:self-start lg:border-0 lg:pt-9 lg:pe-0"
      >
        {Object.entries(GROUPS).map(([group, pages]) => (
          <ul key={group} aria-label={t(`group.${group}`)} className="flex gap-x-5 lg:mb-6 lg:block">
            <li aria-hidden className="hidden pb-1.5 text-2xs text-muted lg:block">
              {t(`group.${group}`)}
            </li>
            {pages.map((page) => (
              <li key={page}>
                <Way to={page}>{t(`tab.${page}`)}</Way>
              </li>
            ))}
          </ul>
        ))}
      </nav>
      <Outlet />
    </div>
  );
}

function Way({ to, children }: { to: string; children: string }) {
  return (
    <NavLink
      to={`/operator/${to}`}
      className={({ isActive }) =>
        clsx(
          "-mb-px block border-b-2 py-2.5 text-sm whitespace-nowrap transition hover:text-ink",
          "lg:-ms-3 lg:mb-0 lg:rounded-md lg:border-b-0 lg:px-3 lg:py-1.5",
          isActive
            ? "border-tungsten font-medium text-ink lg:bg-sunken"
            : "border-transparent text-muted lg:hover:bg-sunken",
        )
      }
    >
      {children}
    </NavLink>
  );
}
