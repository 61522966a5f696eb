/** Who is signed in, and signing in and out through allauth's headless API. */
import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, ApiError, body, cookie, Offline, refusal, type Schemas } from "./api";

export type Me = Schemas["MeOutput"];
export type Role = "contributor" | "reviewer" | "engineer" | "operator";

/** Null while nobody is signed in. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  staleTime: 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await body(api.GET("/api/v1/me"));
    } catch (error) {
      if (error instanceof ApiError && [401, 403].includes(error.status)) return null;
      throw error;
    }
  },
});

export function useMe() {
  return useQuery(meQuery);
}

/** The signed-in person; for pages that `RequireSignIn` guards. */
export function useSignedIn(): Me {
  const { data } = useMe();
  if (!data) throw new Error("This page needs a signed-in person.");
  return data;
}

export function hasRole(me: Me | null | undefined, ...roles: Role[]): boolean {
  return roles.some((role) => me?.roles?.includes(role));
}

export type AuthAnswer = {
  status: number;
  data?: unknown;
  meta?: { is_authenticated?: boolean } & Record<string, unknown>;
  errors?: { code: string; message: string; param?: string }[];
};

/** A call of allauth's browser API. Refusals are errors but for those that are `answers`: 401 says what is still to be done. */
export async function auth(
  method: string,
  path: string,
  sent?: unknown,
  answers: number[] = [401],
): Promise<AuthAnswer> {
  const response = await fetch(`/_allauth/browser/v1/${path}`, {
    method,
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", "X-CSRFToken": cookie("csrftoken") },
    body: sent === undefined ? undefined : JSON.stringify(sent),
  }).catch(() => {
    throw new Offline();
  });
  const answer = (await response
    .clone()
    .json()
    .catch(() => ({}))) as AuthAnswer;
  if (response.ok || answers.includes(response.status)) return { ...answer, status: response.status };
  if (!answer.errors?.length) throw await refusal(response);
  const fields: Record<string, string[]> = {};
  for (const { param, message } of answer.errors) (fields[param ?? ""] ??= []).push(message);
  const [first] = answer.errors;
  throw new ApiError(response.status, first!.code, first!.message, fields);
}

type Flow = { id: string; is_pending?: boolean };

export function flowsOf(answer: AuthAnswer): Flow[] {
  return (answer.data as { flows?: Flow[] } | undefined)?.flows ?? [];
}

/** Which step a half-finished sign-in or sign-up waits for: `verify_email`, `mfa_authenticate`, ... */
export function pendingFlow(answer: AuthAnswer): string | undefined {
  return flowsOf(answer).find((flow) => flow.is_pending)?.id;
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => auth("DELETE", "auth/session"),
    onSuccess: () => {
      client.clear();
      client.setQueryData(meQuery.queryKey, null);
    },
  });
}
