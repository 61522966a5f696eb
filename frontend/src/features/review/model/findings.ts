/** A finding of the gates, as `curation/gating/verdict.py` writes it down. */
export type Finding = {
  code: string;
  outcome: "review" | "reject";
  modality: string;
  part: string;
  metric: string;
  message: string;
  fix: string;
  told: string;
  asked: string;
  measured: number | null;
  probability: number | null;
};
