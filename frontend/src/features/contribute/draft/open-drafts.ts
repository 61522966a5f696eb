/** The drafts open in this window: one keeper each, so that uploads still place their files when one walks away. */
import { draftBackend } from "../api/save-draft";
import type { Submission } from "../api/get-submission";
import { DraftKeeper } from "./keeper";

const keepers = new Map<string, DraftKeeper>();

export function keeperOf({ submission, draft }: Submission): DraftKeeper {
  const known = keepers.get(submission.id);
  if (known) return known;
  const { id, updated_at, draft_expires_at } = submission;
  const made = new DraftKeeper(id, draft ?? {}, updated_at, draft_expires_at, draftBackend(id));
  keepers.set(submission.id, made);
  return made;
}

export function closeDraft(id: string): void {
  keepers.get(id)?.close();
  keepers.delete(id);
}
