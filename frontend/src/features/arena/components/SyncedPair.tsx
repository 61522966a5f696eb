import { useRef } from "react";
import { useTranslation } from "react-i18next";

const APART_S = 0.06;

/** Two clips that loop together: the second follows the first. */
export function SyncedPair({ left, right }: { left: string; right: string }) {
  const { t } = useTranslation("arena");
  const second = useRef<HTMLVideoElement>(null);
  const follow = (first: HTMLVideoElement) => {
    const other = second.current;
    if (!other?.duration) return;
    if (Math.abs(other.currentTime - first.currentTime) > APART_S && first.currentTime < other.duration)
      other.currentTime = first.currentTime;
    if (first.paused !== other.paused) void (first.paused ? other.pause() : other.play());
  };
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const look = "w-full rounded-md border border-line bg-sunken aspect-square object-contain";
  return (
    <div dir="ltr" className="grid gap-3 sm:grid-cols-2">
      <figure className="grid gap-1">
        <video
          src={left}
          aria-label={t("vote.clip", { side: "A" })}
          autoPlay={!still}
          controls={still}
          loop
          muted
          playsInline
          onTimeUpdate={(event) => follow(event.currentTarget)}
          onPlay={(event) => follow(event.currentTarget)}
          onPause={(event) => follow(event.currentTarget)}
          className={look}
        />
        <figcaption className="figures text-center text-sm text-muted">A</figcaption>
      </figure>
      <figure className="grid gap-1">
        <video
          ref={second}
          src={right}
          aria-label={t("vote.clip", { side: "B" })}
          autoPlay={!still}
          loop
          muted
          playsInline
          className={look}
        />
        <figcaption className="figures text-center text-sm text-muted">B</figcaption>
      </figure>
    </div>
  );
}
