import { CircleUser, Menu as MenuIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, NavLink } from "react-router";

import { Button } from "@/components/ui/Button";
import { Logo } from "@/components/ui/Logo";
import { later } from "@/lib/later";
import { hasRole, useMe } from "@/lib/session";

import { Bell } from "./Bell";
import { MenuButton } from "./MenuButton";
import { WAYS } from "./navigation";

const AccountMenu = later(() => import("./AccountMenu"));
const WaysMenu = later(() => import("./WaysMenu"));

export function Header() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const ways = WAYS.filter((way) => hasRole(me, ...way.roles));
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-ground/92 backdrop-blur-md">
      <div className="mx-auto flex h-14 max-w-7xl items-center gap-4 px-4 sm:px-8">
        <Link to="/" aria-label={t("home")} className="me-2">
          <Logo />
        </Link>
        {ways.length > 0 && (
          <nav aria-label={t("nav.label")} className="hidden min-w-0 items-center gap-1 lg:flex">
            {ways.map((way) => (
              <NavLink
                key={way.to}
                to={way.to}
                className="rounded-md px-3 py-1.5 text-sm text-muted transition hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {t(way.key)}
              </NavLink>
            ))}
          </nav>
        )}
        <div className="ms-auto flex items-center gap-1.5">
          {!me && me !== undefined && (
            <Button asChild look="primary" size="sm">
              <Link to="/sign-in">{t("sign_in")}</Link>
            </Button>
          )}
          <Bell />
          <MenuButton label={t("account_menu")} icon={<CircleUser />} menu={AccountMenu} />
          {ways.length > 0 && (
            <div className="lg:hidden">
              <MenuButton label={t("nav.open")} icon={<MenuIcon />} menu={WaysMenu} />
            </div>
          )}
        </div>
      </div>
    </header>
  );
}
