/** What a run's status means for its screens. */
import type { Tone } from "@/components/ui/Badge";
import type { Schemas } from "@/lib/api";

type Status = Schemas["RunStatus"];

export const RUN_TONES: Record<Status, Tone> = {
  queued: "info",
  running: "live",
  finished: "good",
  failed: "bad",
  cancelled: "neutral",
};

export function isLive({ status }: { status?: Status }): boolean {
  return status === "queued" || status === "running";
}

export function mayResume({ status }: { status?: Status }): boolean {
  return status === "failed" || status === "cancelled";
}
