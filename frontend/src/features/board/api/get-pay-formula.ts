import { useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";

export type PayFormula = Schemas["PayFormulaOutput"];

/** With the asking person's own trust as it is now. */
export function usePayFormula(campaign: string) {
  return useQuery({
    queryKey: ["campaign", campaign, "pay-formula"],
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/pay-formula", { params: { query: { campaign } }, signal })),
  });
}
