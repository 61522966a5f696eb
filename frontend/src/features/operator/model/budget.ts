/** What a campaign's rates come to: the platform's own formula, for whoever pays. */
const ONE_BP = 10_000n;

export type Rates = {
  rewardWei: bigint;
  feeWei: bigint;
  reviews: number;
  /** The share of the base that the parts earn together, and the quality, in basis points. */
  partsBp: number;
  qualityBp: number;
};

/** Of one accepted record: what its contributor earns at full trust and novelty, and what its reviewers earn. */
export function costOf({ rewardWei, feeWei, reviews, partsBp, qualityBp }: Rates) {
  const contributor = (rewardWei * BigInt(partsBp) * BigInt(qualityBp)) / ONE_BP ** 2n;
  const reviewers = feeWei * BigInt(reviews);
  return { contributor, reviewers, all: contributor + reviewers };
}

/** How many such records an amount pays for; null where they cost nothing. */
export function coveredBy(amountWei: bigint, costWei: bigint): bigint | null {
  return costWei > 0n ? amountWei / costWei : null;
}
