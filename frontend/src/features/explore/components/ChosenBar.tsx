import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";

import { forgetChosen, useChosen } from "../hooks/use-chosen";

/** What was picked out so far, and what can be done with it; stays in sight while one goes on searching. */
export function ChosenBar() {
  const { t } = useTranslation("explore");
  const chosen = useChosen();
  if (chosen.size === 0) return null;
  return (
    <section
      aria-label={t("chosen.label")}
      className="fixed inset-x-3 bottom-4 z-20 mx-auto flex w-fit max-w-[calc(100vw-1.5rem)] flex-wrap items-center justify-center gap-3 rounded-xl border border-line bg-raised py-2.5 ps-5 pe-2.5 shadow-raised"
    >
      <p role="status" className="text-sm">
        {t("chosen.count", { count: chosen.size })}
      </p>
      <Button size="sm" look="quiet" onClick={forgetChosen}>
        {t("chosen.forget")}
      </Button>
      <Button asChild size="sm" look="primary">
        <Link to="/explore/freeze?chosen=true">
          <Snowflake className="size-4" aria-hidden />
          {t("chosen.freeze")}
        </Link>
      </Button>
    </section>
  );
}
