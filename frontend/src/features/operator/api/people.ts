import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { nextCursor } from "@/lib/query";

export type Person = Schemas["PersonOutput"];
export type PersonChange = Schemas["PatchedPersonInputRequest"];
export type Standing = Schemas["StandingOutput"];
export type Statistics = Schemas["PersonStatisticsOutput"];
export type Hold = Schemas["HoldOutput"];

const KEY = ["people"];
const at = (personId: string) => ({ params: { path: { person_id: personId } } });

export function usePeople(search: string) {
  return useInfiniteQuery({
    queryKey: [...KEY, "list", search],
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

export function usePerson(personId: string) {
  return useQuery({
    queryKey: [...KEY, personId],
    queryFn: ({ signal }) => body(api.GET("/api/v1/people/{person_id}", { ...at(personId), signal })),
  });
}

/** Figures and standings, as a contributor and as a reviewer. */
export function usePersonStatistics(personId: string) {
  return useQuery({
    queryKey: [...KEY, personId, "statistics"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/people/{person_id}/statistics", { ...at(personId), signal })),
  });
}

/** Roles, or whether the account is open at all; the reason is written into the audit log. */
export function useChangePerson(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: PersonChange) =>
      body(api.PATCH("/api/v1/people/{person_id}", { ...at(personId), body: change })),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: KEY });
      void client.invalidateQueries({ queryKey: ["audit"] });
    },
  });
}

export function useHolds(personId: string) {
  return useQuery({
    queryKey: [...KEY, personId, "holds"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/people/{person_id}/holds", { ...at(personId), signal })),
  });
}

/** Keeps back what a person earns and is owed, until it is lifted. */
export function usePlaceHold(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      body(api.POST("/api/v1/people/{person_id}/holds", { ...at(personId), body: { reason } })),
    onSuccess: () => client.invalidateQueries({ queryKey: [...KEY, personId, "holds"] }),
  });
}

export function useLiftHold(personId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => body(api.POST("/api/v1/people/{person_id}/holds/lift", at(personId))),
    onSuccess: () => client.invalidateQueries({ queryKey: [...KEY, personId, "holds"] }),
  });
}
