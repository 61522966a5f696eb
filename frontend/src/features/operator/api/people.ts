import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Person = Schemas["PersonOutput"];
export type PersonChange = Schemas["PatchedPersonInputRequest"];

export function usePeople(search: string) {
  return useInfiniteQuery({
    queryKey: ["people", search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      body(
        api.GET("/api/v1/people", {
          params: { query: { cursor: pageParam, search: search || undefined } },
          signal,
        }),
      ),
    getNextPageParam: nextCursor,
    placeholderData: (before) => before,
  });
}

/** Roles, or whether the account is open at all; the reason is written into the audit log. */
export function useChangePerson(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PersonChange) =>
      body(
        api.PATCH("/api/v1/people/{person_id}", {
          params: { path: { person_id: personId } },
          body: change,
        }),
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ["people"] }),
  });
}
