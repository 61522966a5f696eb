import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type Balance = Schemas["BalanceOutput"];

export function useBalance() {
  return useQuery({
    queryKey: ["balance"],
    queryFn: ({ signal }) => body(api.GET("/api/v1/balance", { signal })),
  });
}
