/** Changing one's own account: some calls ask the person to prove anew who they are. */
import { ApiError } from "@/lib/api";
import { auth, type AuthAnswer, flowsOf } from "@/lib/session";

/** Signed in, but too long ago for this. `ways` are allauth's: `reauthenticate` (password), `mfa_reauthenticate`. */
export class ProveAgain extends Error {
  constructor(readonly ways: string[]) {
    super("Confirm that it is you.");
    this.name = "ProveAgain";
  }
}

export async function manage(method: string, path: string, sent?: unknown): Promise<AuthAnswer> {
  const answer = await auth(method, path, sent);
  if (answer.status !== 401) return answer;
  if (answer.meta?.is_authenticated) throw new ProveAgain(flowsOf(answer).map((flow) => flow.id));
  throw new ApiError(401, "not_authenticated", "Sign in again.");
}
