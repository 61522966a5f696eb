import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";

import { Empty, Failed } from "@/components/ui/states";
import { hasRole, type Role, useMe } from "@/lib/session";

import { Splash } from "./Splash";

/** Lets in who is signed in and holds one of `roles` (any role when empty); sends others to sign in and back. */
export function RequireSignIn({ roles }: { roles: Role[] }) {
  const me = useMe();
  const here = useLocation();
  const { t } = useTranslation();
  if (me.isPending) return <Splash />;
  if (me.isError) return <Failed error={me.error} onRetry={() => void me.refetch()} />;
  if (!me.data)
    return <Navigate to={`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`} replace />;
  if (roles.length > 0 && !hasRole(me.data, ...roles)) {
    const names = roles.map((role) => t(`role.${role}`)).join(", ");
    return (
      <Empty title={t("not_allowed.title")} titleAs="h1">
        {t("not_allowed.text", { roles: names })}
      </Empty>
    );
  }
  return <Outlet />;
}
