import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

type Props = { error: unknown; busy: boolean; onAgain: () => void; onNext: () => void };

/** The lease ran out: what is typed stays, and the work may be had again. */
export function LostLease({ error, busy, onAgain, onNext }: Props) {
  const { t } = useTranslation("review");
  return (
    <div className="px-4 pt-4">
      <Notice tone="warn">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <div className="grid gap-1">
            <p className="font-medium">{t("lost.title")}</p>
            <p>{error ? errorText(error) : t("lost.text")}</p>
          </div>
          <div className="flex gap-2">
            <Button size="sm" look="primary" busy={busy} onClick={onAgain}>
              {t("lost.again")}
            </Button>
            <Button size="sm" onClick={onNext}>
              {t("lost.next")}
            </Button>
          </div>
        </div>
      </Notice>
    </div>
  );
}
