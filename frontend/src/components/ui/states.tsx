import { CloudOff, RotateCcw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Offline } from "@/lib/api";
import { errorText } from "@/lib/errors";

import { Button } from "./Button";

/** Nothing here yet: what would be here, and the way to get it. */
export function Empty({
  icon,
  title,
  titleAs: Title = "p",
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  /** `h1` where nothing else is on the page. */
  titleAs?: "p" | "h1";
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="grid justify-items-center gap-3 px-6 py-16 text-center">
      {icon && <div className="text-muted [&_svg]:size-7 [&_svg]:stroke-[1.5]">{icon}</div>}
      <Title className="text-base font-medium">{title}</Title>
      {children && <div className="max-w-md text-sm text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}

/** What went wrong, in the person's words, and a way to try again. */
export function Failed({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation();
  const offline = error instanceof Offline;
  return (
    <div role="alert" className="grid justify-items-center gap-3 px-6 py-14 text-center">
      <div className="text-bad [&_svg]:size-7 [&_svg]:stroke-[1.5]">
        {offline ? <CloudOff /> : <TriangleAlert />}
      </div>
      <p className="max-w-lg">{errorText(error)}</p>
      {onRetry && (
        <Button icon={<RotateCcw className="size-4" />} onClick={onRetry}>
          {t("try_again")}
        </Button>
      )}
    </div>
  );
}

/** A message inside a form or a panel. */
export function Notice({
  tone = "info",
  children,
}: {
  tone?: "info" | "warn" | "bad" | "good";
  children: ReactNode;
}) {
  const tones = {
    info: "border-info/30 bg-info-soft text-info",
    warn: "border-warn/30 bg-warn-soft text-warn",
    bad: "border-bad/30 bg-bad-soft text-bad",
    good: "border-good/30 bg-good-soft text-good",
  };
  return (
    <div
      role={tone === "bad" ? "alert" : "status"}
      className={`rounded-md border px-4 py-3 text-sm ${tones[tone]}`}
    >
      {children}
    </div>
  );
}

export function Skeleton({ className = "h-4 w-full" }: { className?: string }) {
  return <div aria-hidden data-loading className={`animate-pulse-soft rounded-md bg-line/70 ${className}`} />;
}

/** Rows that hold a list's place while it loads. */
export function LoadingRows({ rows = 5 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")} className="grid gap-3 p-5">
      {Array.from({ length: rows }, (_, row) => (
        <Skeleton key={row} className="h-12 w-full" />
      ))}
    </div>
  );
}
