import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Menu, MenuItem } from "@/components/ui/Menu";
import { hasRole, useMe } from "@/lib/session";

import type { MenuProps } from "./MenuButton";
import { WAYS } from "./navigation";

/** The main ways where the header has no room for them. */
export default function WaysMenu({ trigger }: MenuProps) {
  const { t } = useTranslation();
  const { data: me } = useMe();
  return (
    <Menu label={t("nav.label")} trigger={trigger} defaultOpen>
      {WAYS.filter((way) => hasRole(me, ...way.roles)).map((way) => (
        <MenuItem key={way.to} asChild>
          <Link to={way.to}>{t(way.key)}</Link>
        </MenuItem>
      ))}
    </Menu>
  );
}
