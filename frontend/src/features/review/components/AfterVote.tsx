import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";

import type { Cast } from "../api/cast-vote";

/** An item whose verdict was known is told after the vote; for all other work there is nothing to say here. */
export function AfterVote({ cast, onClose }: { cast: Cast | null; onClose: () => void }) {
  const { t } = useTranslation("review");
  if (!cast?.check) return null;
  const { right, expected, explanation, reasons } = cast.check;
  return (
    <div className="px-4 pt-4">
      <Notice tone={right ? "good" : "warn"}>
        <div className="flex flex-wrap items-start justify-between gap-3">
          <div className="grid gap-1">
            <p className="font-medium">{t(right ? "gold.right" : "gold.wrong")}</p>
            <p>
              {t("gold.expected", { verdict: t(`verdict.${expected}`) })}
              {reasons.length > 0 && ` ${reasons.map((reason) => t(`reason.${reason}`)).join("; ")}`}
            </p>
            {explanation && <p dir="auto">{explanation}</p>}
          </div>
          <Button size="sm" onClick={onClose}>
            {t("gold.close")}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
