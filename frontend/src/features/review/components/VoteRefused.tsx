import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { ApiError } from "@/lib/api";
import { errorText } from "@/lib/errors";

const OVER = new Set(["already_cast", "no_longer_in_review", "review_not_found"]);

/** Why a vote did not go in, and the way on. */
export function VoteRefused({ error, onNext }: { error: Error | null; onNext: () => void }) {
  const { t } = useTranslation("review");
  const here = useLocation();
  if (!error) return null;
  const signedOut = error instanceof ApiError && error.code === "not_authenticated";
  const over = error instanceof ApiError && OVER.has(error.code);
  return (
    <div className="px-4 pt-4">
      <Notice tone="bad">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p>{errorText(error)}</p>
          {signedOut && (
            <Button asChild size="sm" look="primary">
              <Link to={`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`}>
                {t("sign_in_again")}
              </Link>
            </Button>
          )}
          {over && (
            <Button size="sm" onClick={onNext}>
              {t("lost.next")}
            </Button>
          )}
        </div>
      </Notice>
    </div>
  );
}
