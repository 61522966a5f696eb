import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { api, body } from "@/lib/api";
import { nestedPoses } from "@/lib/camera/poses";

import type { Editor } from "./useEditor";

const QUIET_MS = 350;
const MOST_FRAMES = 5_000; // that the platform tells while one types

/** The words of the path, asked for when it has not changed for a moment. */
export function useWords({ path, clock, document }: Editor) {
  const [quiet, setQuiet] = useState({ path, depthM: document.depthM });
  useEffect(() => {
    const timer = setTimeout(() => setQuiet({ path, depthM: document.depthM }), QUIET_MS);
    return () => clearTimeout(timer);
  }, [path, document.depthM]);
  return useQuery({
    queryKey: ["camera-words", quiet, clock.fps],
    queryKeyHashFn: () => `camera-words ${numberOf(quiet)} ${clock.fps}`,
    queryFn: ({ signal }) => {
      const stride = Math.ceil(quiet.path.frames / MOST_FRAMES);
      const poses = nestedPoses(quiet.path).filter((_, frame) => frame % stride === 0);
      const fps = [Math.round((clock.fps / stride) * 1000), 1000];
      return body(
        api.POST("/api/v1/cameras/describe", {
          body: { fps, poses, aspect: 1, course: "smooth", scene_depth_m: quiet.depthM },
          signal,
        }),
      );
    },
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
}

const numbers = new WeakMap<object, number>();
let last = 0;

/** Paths are told apart by being other objects; hashing thousands of poses would take longer than asking. */
function numberOf(thing: object): number {
  const known = numbers.get(thing);
  if (known) return known;
  last += 1;
  numbers.set(thing, last);
  return last;
}
