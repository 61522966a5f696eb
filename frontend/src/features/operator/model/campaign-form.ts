/** A campaign as it is edited: amounts as they are typed, targets as rows; and what of it is sent. */
import type { Schemas } from "@/lib/api";
import { formatWei, parseTokens } from "@/lib/money";

import type { Campaign, CampaignChange } from "../api/campaigns";

export type Modality = Schemas["Modality"];
export type Example = Schemas["ExampleInputRequest"];
export type Target = { word: string; wanted: number };
export type CampaignForm = {
  title: string;
  brief: string;
  license: string;
  required_modalities: Modality[];
  reviews_needed: number;
  reward: string;
  fee: string;
  policy_version: string | null;
  targets: Target[];
  examples: Example[];
};

export const MODALITIES: Modality[] = ["scene", "reference_images", "audio", "camera", "lighting", "video"];

export function formOf(campaign: Campaign): CampaignForm {
  return {
    title: campaign.title,
    brief: campaign.brief,
    license: campaign.license,
    required_modalities: campaign.required_modalities as Modality[],
    reviews_needed: campaign.reviews_needed,
    reward: plain(campaign.base_reward_wei),
    fee: plain(campaign.review_fee_wei),
    policy_version: campaign.policy_version,
    targets: Object.entries(campaign.coverage_targets).map(([word, wanted]) => ({ word, wanted })),
    examples: campaign.examples,
  };
}

/** An amount as it is typed: every decimal, no separators. */
function plain(wei: string): string {
  return formatWei(wei, "en", 18).replaceAll(",", "");
}

/** Fields that cannot be sent as they stand. */
export function faultsOf(form: CampaignForm): Set<keyof CampaignForm> {
  const faults = new Set<keyof CampaignForm>();
  if (!form.title.trim()) faults.add("title");
  if (parseTokens(form.reward) === null) faults.add("reward");
  if (parseTokens(form.fee) === null) faults.add("fee");
  if (form.examples.some(({ text }) => !text.trim())) faults.add("examples");
  return faults;
}

/** What is sent: all of a draft; once contributors rely on the rest, the words alone. */
export function changeOf(form: CampaignForm, status: Campaign["status"]): CampaignChange {
  const words = { title: form.title.trim(), brief: form.brief, examples: form.examples };
  if (status !== "draft") return words;
  return {
    ...words,
    license: form.license.trim() || undefined, // a draft may lack it
    required_modalities: form.required_modalities,
    reviews_needed: form.reviews_needed,
    base_reward_wei: String(parseTokens(form.reward) ?? 0n),
    review_fee_wei: String(parseTokens(form.fee) ?? 0n),
    policy_version: form.policy_version ?? undefined,
    coverage_targets: Object.fromEntries(form.targets.map(({ word, wanted }) => [word, wanted])),
  };
}
