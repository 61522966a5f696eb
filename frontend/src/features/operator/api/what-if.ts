import { useMutation, useQuery } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import type { SaidFinding } from "@/lib/findings";
import { LIVE_MS } from "@/lib/query";

import type { Rules } from "../model/rules";

type WhatIf = Schemas["WhatIfOutput"];
export type Outcome = "pass" | "review" | "reject";
export type Sentence = SaidFinding & { part: string };
export type Example = {
  submission: string;
  status: string;
  before: Outcome;
  after: Outcome;
  appear: Sentence[];
  disappear: Sentence[];
};
/** `result` of a question that is answered, as its help text in the schema says. */
export type Answer = {
  judged: number;
  changed: number;
  transitions: { status: string; before: Outcome; after: Outcome; count: number }[];
  rules: Record<string, { appear: number; disappear: number; stay: number }>;
  examples: Example[];
};

/** Asks what these rules would change over stored scores; a long answer is waited for. */
export function useWhatIf() {
  const asking = useMutation({
    mutationFn: ({ rules, campaign }: { rules: Rules; campaign: string | null }) =>
      body(api.POST("/api/v1/policies/what-if", { body: { rules, campaign, examples: 4 } })),
  });
  const id = asking.data?.id ?? "";
  const waiting = useQuery({
    queryKey: ["what-if", id],
    enabled: asking.data?.status === "building",
    queryFn: ({ signal }) =>
      body(api.GET("/api/v1/what-ifs/{what_if_id}", { params: { path: { what_if_id: id } }, signal })),
    refetchInterval: (query) => (query.state.data?.status === "building" ? LIVE_MS : false),
  });
  const question: WhatIf | undefined = waiting.data ?? asking.data;
  const ready = question?.status === "ready";
  return {
    ask: asking.mutate,
    error: asking.error ?? waiting.error,
    busy: asking.isPending || (question?.status === "building" && !waiting.isError),
    progress: question?.status === "building" && question.total ? question.done! / question.total : null,
    failure: question?.status === "failed" ? (question.failure as { message?: string }) : null,
    answer: ready ? (question.result as Answer) : null,
    asked: asking.variables,
  };
}
