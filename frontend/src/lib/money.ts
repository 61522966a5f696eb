/** Amounts are whole base units (wei) as strings on the wire and `bigint` here; never a floating number. */
const DECIMALS = 18n;
const ONE = 10n ** DECIMALS;

/** `"1500000000000000000"` -> `"1.5"`, cut (not rounded) after `places` decimals so that nobody is promised more. */
export function formatWei(wei: string | bigint, locale: string, places = 4): string {
  const value = BigInt(wei);
  const sign = value < 0n ? "-" : "";
  const size = value < 0n ? -value : value;
  const whole = new Intl.NumberFormat(locale).format(size / ONE);
  const fraction = (size % ONE)
    .toString()
    .padStart(Number(DECIMALS), "0")
    .slice(0, places)
    .replace(/0+$/, "");
  const point = new Intl.NumberFormat(locale).format(1.5).replace(/[^.,٫]/g, "");
  const digits = new Intl.NumberFormat(locale, { useGrouping: false });
  return (
    sign + whole + (fraction && point + [...fraction].map((digit) => digits.format(Number(digit))).join(""))
  );
}

/** `"1.5"` -> `1500000000000000000n`; null for what is no amount. Decimals beyond the eighteenth are refused. */
export function parseTokens(text: string): bigint | null {
  const found = /^(\d+)(?:\.(\d{1,18}))?$/.exec(text.trim());
  if (!found) return null;
  return BigInt(found[1]!) * ONE + BigInt((found[2] ?? "").padEnd(Number(DECIMALS), "0") || "0");
}
