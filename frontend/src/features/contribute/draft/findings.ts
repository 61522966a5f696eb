/** Findings of the gates, each with its place in the record. */
import type { GateFinding, Precheck } from "../api/get-precheck";
import type { Finding } from "./steps";

export type PlacedFinding = GateFinding & Finding;

export function placed({ findings }: Precheck): PlacedFinding[] {
  return findings.map((finding) => ({ ...finding, path: finding.part || finding.modality }));
}
