import { formatWei } from "@/lib/money";
import { dateTime, relativeTime, useLocale } from "@/lib/format";

/** An amount of tokens; the exact figure on hover. */
export function Tokens({
  wei,
  places = 4,
  symbol = "SLATE",
}: {
  wei: string | bigint;
  places?: number;
  symbol?: string;
}) {
  const locale = useLocale();
  return (
    <span className="figures whitespace-nowrap" title={`${formatWei(wei, locale, 18)} ${symbol}`}>
      {formatWei(wei, locale, places)} <span className="text-muted">{symbol}</span>
    </span>
  );
}

export function Ago({ at }: { at: string }) {
  const locale = useLocale();
  return (
    <time dateTime={at} title={dateTime(at, locale)} className="whitespace-nowrap">
      {relativeTime(at, locale)}
    </time>
  );
}

export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="figures inline-grid h-5 min-w-5 place-items-center rounded-sm border border-line bg-sunken px-1 text-2xs text-muted">
      {children}
    </kbd>
  );
}

/** A named figure, as in a row of statistics. */
export function Stat({ label, children, hint }: { label: string; children: React.ReactNode; hint?: string }) {
  return (
    <div className="grid content-start gap-1">
      <dt className="text-xs text-muted">{label}</dt>
      <dd className="text-xl font-medium">{children}</dd>
      {hint && <dd className="text-xs text-muted">{hint}</dd>}
    </div>
  );
}
