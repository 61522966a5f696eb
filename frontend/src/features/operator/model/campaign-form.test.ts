import { describe, expect, it } from "vitest";

import type { Campaign } from "../api/campaigns";
import { costOf, coveredBy } from "./budget";
import { changeOf, faultsOf, formOf } from "./campaign-form";

const CAMPAIGN: Campaign = {
  id: "0192",
  title: "Rolling things",
  brief: "Things that roll.",
  status: "draft",
  required_modalities: ["scene", "audio"],
  policy_version: null,
  policy_overrides: {},
  license: "CC-BY-4.0",
  base_reward_wei: "12500000000000000001",
  review_fee_wei: "0",
  budget_wei: "0",
  reviews_needed: 2,
  coverage_targets: { "movement=dolly_in": 30 },
  quiz_passed: null,
  cover: null,
  examples: [],
  pause_reason: "",
  created_at: "2026-11-28T12:00:00Z",
  opened_at: null,
  closed_at: null,
};

describe("a campaign's form", () => {
  it("sends a draft back as it came, to the last base unit", () => {
    const sent = changeOf(formOf(CAMPAIGN), "draft");
    expect(sent.base_reward_wei).toBe(CAMPAIGN.base_reward_wei);
    expect(sent.coverage_targets).toEqual(CAMPAIGN.coverage_targets);
  });

  it("sends words alone once contributors rely on the rest", () => {
    expect(Object.keys(changeOf(formOf(CAMPAIGN), "open"))).toEqual(["title", "brief", "examples"]);
  });

  it("names what cannot be sent", () => {
    const form = { ...formOf(CAMPAIGN), title: " ", reward: "lots", examples: [{ good: true, text: "" }] };
    expect([...faultsOf(form)]).toEqual(["title", "reward", "examples"]);
  });
});

describe("what rates come to", () => {
  const rates = { rewardWei: 10n, feeWei: 1n, reviews: 2, partsBp: 10_000, qualityBp: 8_000 };

  it("is the contributor's share, rounded down, and a fee for every judgement", () => {
    expect(costOf(rates)).toEqual({ contributor: 8n, reviewers: 2n, all: 10n });
  });

  it("covers whole records only, and any number where they cost nothing", () => {
    expect(coveredBy(99n, 10n)).toBe(9n);
    expect(coveredBy(99n, 0n)).toBeNull();
  });
});
