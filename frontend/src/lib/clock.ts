/** The server's time, by what its answers say: a person's own clock may be minutes off. */
let aheadMs = 0;

/** Takes the `Date` of an answer, which is whole seconds and a moment old. */
export function hearTime(date: string | null): void {
  const heard = Date.parse(date ?? "");
  if (Number.isFinite(heard)) aheadMs = heard - Date.now();
}

export function serverNow(): number {
  return Date.now() + aheadMs;
}
