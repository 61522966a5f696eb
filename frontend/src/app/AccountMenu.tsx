import { LogOut, Settings } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { Menu, MenuItem, MenuLine, MenuRadio } from "@/components/ui/Menu";
import { type Language, LANGUAGES, setLanguage } from "@/lib/i18n";
import { useMe, useSignOut } from "@/lib/session";
import { setTheme, type Theme, useTheme } from "@/lib/theme";

import type { MenuProps } from "./MenuButton";

const THEMES: Theme[] = ["system", "light", "dark"];

/** Language and look for everybody, the account's pages for who is signed in. */
export default function AccountMenu({ trigger }: MenuProps) {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const theme = useTheme();
  const signOut = useSignOut();
  const go = useNavigate();
  return (
    <Menu label={t("account_menu")} trigger={trigger} defaultOpen>
      {me && (
        <div className="grid px-2.5 py-1.5">
          <span className="truncate text-sm font-medium">{me.display_name || me.email}</span>
          {me.display_name && <span className="truncate text-xs text-muted">{me.email}</span>}
        </div>
      )}
      <MenuRadio
        label={t("language")}
        value={i18n.language as Language}
        options={Object.entries(LANGUAGES).map(([value, label]) => ({ value: value as Language, label }))}
        onChange={(language) => void setLanguage(language)}
      />
      <MenuRadio
        label={t("theme.label")}
        value={theme}
        options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
        onChange={setTheme}
      />
      {me && (
        <>
          <MenuLine />
          <MenuItem asChild>
            <Link to="/account">
              <Settings aria-hidden />
              {t("account")}
            </Link>
          </MenuItem>
          <MenuItem
            icon={<LogOut />}
            onSelect={() => signOut.mutate(undefined, { onSuccess: () => void go("/") })}
          >
            {t("sign_out")}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
