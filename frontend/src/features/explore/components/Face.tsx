import { AudioLines, Route } from "lucide-react";
import { useRef, useState } from "react";

import { useSample } from "../api/read-sample";
import type { Sample } from "../api/search-samples";
import { facesOf } from "../model/media";

const POINTED_AT_MS = 180;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

/** The picture that stands for a sample; the clip plays while one points at it. Links that expired are read anew. */
export function Face({ sample }: { sample: Pick<Sample, "id" | "media"> }) {
  const [stale, setStale] = useState(false);
  const [playing, setPlaying] = useState(false);
  const pointed = useRef<number>(undefined);
  const fresh = useSample(sample.id, stale);
  const media = fresh.data?.media ?? sample.media;
  const { picture, moving } = facesOf(media);
  const point = () => {
    if (moving && !calm.matches) pointed.current = window.setTimeout(() => setPlaying(true), POINTED_AT_MS);
  };
  const leave = () => {
    window.clearTimeout(pointed.current);
    setPlaying(false);
  };
  return (
    <span
      onPointerEnter={(event) => event.pointerType === "mouse" && point()}
      onPointerLeave={leave}
      className="relative block aspect-[16/10] overflow-hidden rounded-md bg-sunken"
    >
      {picture ? (
        <img
          src={picture}
          alt=""
          decoding="async"
          onError={() => setStale(true)}
          className="size-full object-cover"
        />
      ) : (
        <span className="grid size-full place-items-center text-muted [&_svg]:size-7 [&_svg]:stroke-[1.5]">
          {media.some(({ kind }) => kind === "audio") ? <AudioLines aria-hidden /> : <Route aria-hidden />}
        </span>
      )}
      {playing && (
        <video
          src={moving}
          autoPlay
          muted
          loop
          playsInline
          aria-hidden
          onError={() => setStale(true)}
          className="absolute inset-0 size-full object-cover"
        />
      )}
    </span>
  );
}
