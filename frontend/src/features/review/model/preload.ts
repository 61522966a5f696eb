/** Fetches what the desk will show of a review before it is on the screen. */
import type { QueryClient } from "@tanstack/react-query";

import { cameraPathQuery } from "../api/read-camera-path";
import { copiesQuery } from "../api/read-copies";
import { rulesQuery } from "../api/read-rules";
import { waveformQuery } from "../api/read-waveform";
import type { ToJudge } from "../api/take-review";
import { shownAt } from "./media";
import { recordOf } from "./record";

const PICTURES = ["poster", "strip", "thumbnail"];

/** Held, lest the browser drop what is under way: of one review at a time. */
const begun = new Set<HTMLImageElement | HTMLVideoElement>();

export function preload(review: ToJudge, client: QueryClient): void {
  const files = review.media.flatMap(({ renditions }) => renditions?.files ?? []);
  const pictures = files.filter(({ role }) => PICTURES.includes(role)).map(({ url }) => url);
  const near = review.neighbours.flatMap(({ picture }) => picture ?? []);
  const clip = shownAt(review.media, "video.asset")?.file("proxy")?.url;
  begun.clear();
  for (const url of [...pictures, ...near]) begun.add(picture(url));
  if (clip) begun.add(video(clip));
  const sound = shownAt(review.media, "audio.asset") ?? shownAt(review.media, "video.asset");
  const waveform = sound?.file("waveform")?.url;
  const poses = recordOf(review.record).camera?.poses?.asset;
  void client.prefetchQuery(rulesQuery(review.submission));
  void client.prefetchQuery(copiesQuery(review.id));
  if (waveform) void client.prefetchQuery(waveformQuery(waveform));
  if (poses) void client.prefetchQuery(cameraPathQuery(poses));
}

function picture(url: string): HTMLImageElement {
  const made = new Image();
  made.src = url;
  return made;
}

function video(url: string): HTMLVideoElement {
  const made = document.createElement("video");
  made.preload = "auto";
  made.muted = true;
  made.src = url;
  return made;
}
