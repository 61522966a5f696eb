import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import { ApiError } from "@/lib/api";

import { type Cast, useCastVote } from "../api/cast-vote";
import { useRelease } from "../api/release-review";
import { takeAgain, type ToJudge } from "../api/take-review";
import { markDecided } from "../model/marks";
import { missing, useJudgement, voteOf } from "./use-judgement";
import { useLease } from "./use-lease";

type Ways = {
  onCast: (cast: Cast) => void;
  onSkip: (review: ToJudge) => void;
  onAgain: (review: ToJudge) => void;
};

/** What is done with one held review: judged, given back, or taken again after its time ran out. */
export function useDesk(review: ToJudge, { onCast, onSkip, onAgain }: Ways) {
  const lease = useLease(review);
  const { judgement, change, toggle, forget } = useJudgement(review.revision);
  const vote = useCastVote(review.id);
  const release = useRelease(review.id);
  const again = useMutation({
    mutationFn: () => takeAgain(review.id),
    onSuccess: (held) => {
      lease.setLost(false);
      vote.reset();
      onAgain(held);
    },
  });
  const note = useRef<HTMLTextAreaElement>(null);

  const cast = () => {
    const sent = voteOf(judgement);
    if (!sent || missing(judgement) || vote.isPending) return;
    markDecided();
    vote.mutate(sent, {
      onSuccess: (answer) => {
        forget();
        onCast(answer);
      },
      onError: (error) => lease.setLost(error instanceof ApiError && error.code === "lease_expired"),
    });
  };
  // Whatever the server says of giving back, this reviewer wants to see another one.
  const skip = () => {
    if (release.isPending) return;
    markDecided();
    release.mutate(undefined, { onSettled: () => onSkip(review) });
  };

  return { lease, judgement, change, toggle, cast, skip, again, vote, note };
}
