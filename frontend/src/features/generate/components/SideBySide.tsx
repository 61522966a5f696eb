import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Tokens } from "@/components/ui/figures";
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
          autoPlay={!matchMedia("(prefers-reduced-motion: reduce)").matches}
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
      <dl className="grid gap-3 text-sm sm:grid-cols-2">
        {[first, second].map((generation) => (
          <Told key={generation.id} generation={generation} />
        ))}
      </dl>
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

function Told({ generation }: { generation: Generation }) {
  const { t } = useTranslation("generate");
  const { model, adapter, request, device_seconds: seconds, price_wei: price } = generation;
  return (
    <div className="grid content-start gap-1">
      <dt dir="auto">{String(request.caption ?? "")}</dt>
      <dd className="flex flex-wrap gap-x-3 text-xs text-muted">
        <span className="figures">{[model, adapter?.slice(0, 8)].filter(Boolean).join(" + ")}</span>
        <span>
          {t("seed")} <span className="figures">{String(request.seed ?? 0)}</span>
        </span>
        <span className="figures">{(seconds ?? 0).toFixed(1)} s</span>
        <Tokens wei={price} />
      </dd>
    </div>
  );
}
