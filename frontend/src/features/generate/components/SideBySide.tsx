import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { api, body } from "@/lib/api";
import { errorText } from "@/lib/errors";

import type { Generation } from "../api/list-generations";

/** Two clips in step, and the way to put them to people's blind judgement. */
export function SideBySide({ first, second }: { first: Generation; second: Generation }) {
  const { t } = useTranslation("generate");
  const other = useRef<HTMLVideoElement>(null);
  const compare = useMutation({
    mutationFn: () => body(api.POST("/api/v1/comparisons", { body: { first: first.id, second: second.id } })),
  });
  const follow = (video: HTMLVideoElement) => {
    if (!other.current) return;
    if (Math.abs(other.current.currentTime - video.currentTime) > 0.06)
      other.current.currentTime = video.currentTime;
    if (video.paused !== other.current.paused)
      void (video.paused ? other.current.pause() : other.current.play());
  };
  const told = (event: React.SyntheticEvent<HTMLVideoElement>) => follow(event.currentTarget);
  return (
    <div className="grid gap-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <video
          src={first.links.clip ?? undefined}
          aria-label={t("clip")}
          controls
          loop
          muted
          playsInline
          onPlay={told}
          onPause={told}
          onTimeUpdate={told}
          onSeeked={told}
          className="w-full rounded-md bg-sunken"
        />
        <video
          ref={other}
          src={second.links.clip ?? undefined}
          aria-label={t("clip")}
          loop
          muted
          playsInline
          className="w-full rounded-md bg-sunken"
        />
      </div>
      {compare.isError && <Notice tone="bad">{errorText(compare.error)}</Notice>}
      {compare.isSuccess ? (
        <Notice tone="good">{t("compare.done")}</Notice>
      ) : (
        <Button busy={compare.isPending} onClick={() => compare.mutate()}>
          {t("compare.arena")}
        </Button>
      )}
    </div>
  );
}
