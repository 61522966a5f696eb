import { Check, CloudOff, LogIn, Pencil, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { Spinner } from "@/components/ui/Spinner";
import { errorText } from "@/lib/errors";

import type { SaveState as State } from "../../draft/keeper";
import { useDraftState } from "../../hooks/use-draft";

const ICONS: Record<State, ReactNode> = {
  saved: <Check className="text-good" />,
  unsaved: <Pencil />,
  saving: <Spinner />,
  waiting: <CloudOff className="text-warn" />,
  signed_out: <LogIn className="text-warn" />,
  conflict: <TriangleAlert className="text-warn" />,
  refused: <TriangleAlert className="text-bad" />,
};

/** Whether what is on the screen is on the server. */
export function SaveState() {
  const { t } = useTranslation("contribute");
  const { state, error } = useDraftState();
  const here = useLocation();
  const next = encodeURIComponent(here.pathname + here.search);
  return (
    <div role="status" className="flex items-center gap-2 text-sm text-muted [&_svg]:size-4">
      {ICONS[state]}
      <span>{state === "refused" ? errorText(error) : t(`save.${state}`)}</span>
      {state === "signed_out" && (
        <Link to={`/sign-in?next=${next}`} className="font-medium text-ink underline underline-offset-4">
          {t("sign_in_again")}
        </Link>
      )}
    </div>
  );
}
