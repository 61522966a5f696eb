import { useEffect } from "react";

import { usePrecheck, useStartPrecheck } from "../api/get-precheck";
import { useDraftState, useKeeper } from "./use-draft";

/** So long must a draft rest before the models are asked: they are shared. */
const REST_MS = 5_000;

/** The pre-check of the draft as it is stored, measured by itself once the draft is whole and rests. */
export function useLivePrecheck() {
  const { submissionId } = useKeeper();
  const { savedAt, state } = useDraftState();
  const result = usePrecheck(submissionId, savedAt);
  const start = useStartPrecheck(submissionId, savedAt);
  const { data, isPlaceholderData } = result;
  const waits = !isPlaceholderData && data?.ready && data.tiers.models.status === "not_started";
  const { mutate, isIdle, reset } = start;
  useEffect(() => reset(), [savedAt, reset]);
  useEffect(() => {
    if (!waits || state !== "saved" || !isIdle) return;
    const timer = setTimeout(() => mutate(), REST_MS);
    return () => clearTimeout(timer);
  }, [waits, state, isIdle, mutate]);
  return { result, start };
}
