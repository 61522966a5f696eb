/** Dates, durations, sizes and shares in the person's language. */
import { useTranslation } from "react-i18next";

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

export function relativeTime(at: string | Date, locale: string, now = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  if (!step) return format.format(Math.round(seconds), "second");
  if (step[0] === "day" && Math.abs(seconds) > 30 * 86_400) return dateTime(at, locale);
  return format.format(Math.round(seconds / step[1]), step[0]);
}

/** How long something took or waits, in its largest fitting unit: `3 min`. */
export function span(seconds: number, locale: string): string {
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? ["second", 1];
  const options = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(locale, options).format(seconds / size);
}

export function dateTime(at: string | Date, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at));
}

const SIZES = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"] as const;

export function byteSize(bytes: number, locale: string): string {
  const step = bytes < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(bytes) / 3));
  const options = {
    style: "unit",
    unit: SIZES[step],
    unitDisplay: "short",
    maximumFractionDigits: step ? 1 : 0,
  } as const;
  return new Intl.NumberFormat(locale, options).format(bytes / 1000 ** step);
}

/** The two greatest units of a stretch of time: hours and minutes, or minutes and seconds. */
export function duration(seconds: number, locale: string): string {
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const parts: [number, string][] = hours
    ? [
        [hours, "hour"],
        [minutes, "minute"],
      ]
    : [
        [minutes, "minute"],
        [whole % 60, "second"],
      ];
  const shown = parts.filter(([count], at) => count > 0 || (at === 1 && whole < 60));
  return shown
    .map(([count, unit]) =>
      new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).format(count),
    )
    .join(" ");
}

/** `75.5` seconds -> `1:15.5`, always left to right. */
export function timecode(seconds: number, decimals = 1): string {
  const whole = Math.max(0, seconds);
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${(whole % 60).toFixed(decimals).padStart(decimals ? 3 + decimals : 2, "0")}`;
}

export function percent(share: number, locale: string, digits = 0): string {
  return new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: digits }).format(share);
}

/** The locale that `Intl` is asked for; Arabic with Latin digits, as the platform's figures and timecodes are. */
export function useLocale(): string {
  const { i18n } = useTranslation();
  return i18n.language === "ar" ? "ar-u-nu-latn" : "en";
}
