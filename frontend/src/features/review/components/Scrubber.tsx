import { useTranslation } from "react-i18next";

import { usePlayer, usePlayerState } from "../hooks/use-player";

/** Small pictures of the whole clip to seek on; the loop's part is bright. */
export function Scrubber({ strip }: { strip?: string }) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  const frame = usePlayerState((state) => state.frame);
  const loop = usePlayerState((state) => state.loop);
  const last = Math.max(1, player.frames - 1);
  const share = (at: number) => `${(100 * at) / last}%`;
  return (
    <div dir="ltr" className="relative h-12 bg-black">
      {strip && <img src={strip} alt="" className="size-full object-fill opacity-80" />}
      {loop.in !== null && (
        <div
          aria-hidden
          className="absolute inset-y-0 left-0 bg-black/65"
          style={{ width: share(loop.in) }}
        />
      )}
      {loop.out !== null && (
        <div
          aria-hidden
          className="absolute inset-y-0 right-0 bg-black/65"
          style={{ left: share(loop.out) }}
        />
      )}
      <div
        aria-hidden
        className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-white shadow-[0_0_0_1px_#000]"
        style={{ left: share(frame) }}
      />
      <input
        type="range"
        aria-label={t("player.position")}
        aria-valuetext={t("player.frame_of", { frame, frames: player.frames })}
        min={0}
        max={player.frames - 1}
        value={frame}
        onChange={(event) => player.seek(Number(event.target.value))}
        className="absolute inset-0 size-full cursor-ew-resize opacity-0 focus-visible:opacity-30"
      />
    </div>
  );
}
