import { api, body } from "@/lib/api";

import type { Backend } from "../draft/keeper";
import { fetchSubmission } from "./get-submission";

export function draftBackend(submission_id: string): Backend {
  return {
    save: (record, seen) =>
      body(
        api.PUT("/api/v1/submissions/{submission_id}/record", {
          params: { path: { submission_id } },
          body: { record, seen },
        }),
      ),
    load: async () => {
      const { draft, submission } = await fetchSubmission(submission_id);
      const { updated_at, draft_expires_at } = submission;
      return { draft: draft ?? {}, updated_at, draft_expires_at };
    },
  };
}
