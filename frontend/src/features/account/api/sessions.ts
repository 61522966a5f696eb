import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { manage } from "./manage";

export type Session = {
  id: number;
  user_agent: string;
  ip: string;
  created_at: number;
  last_seen_at?: number;
  is_current: boolean;
};

const KEY = ["account", "sessions"];

export function useSessions() {
  return useQuery({
    queryKey: KEY,
    queryFn: async () => (await manage("GET", "auth/sessions")).data as Session[],
  });
}

export function useEndSessions() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (sessions: number[]) => manage("DELETE", "auth/sessions", { sessions }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  });
}
