/** What a contribution would earn: the platform's own formula, in whole base units. */
const ONE_BP = 10_000;

/** `base x factors`, rounded down once, as the platform does. */
export function amountWei(baseWei: string, factorsBp: number[]): bigint {
  const product = factorsBp.reduce((whole, bp) => whole * BigInt(bp), BigInt(baseWei));
  return product / BigInt(ONE_BP) ** BigInt(factorsBp.length);
}

/** The share of the base that the chosen parts earn together. */
export function shareBp(sharesBp: Record<string, number>, parts: ReadonlySet<string>): number {
  return Object.entries(sharesBp).reduce((sum, [part, bp]) => sum + (parts.has(part) ? bp : 0), 0);
}
