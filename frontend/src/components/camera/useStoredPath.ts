import { useEffect, useRef, useState } from "react";

import { writeNpy } from "@/lib/camera/npy";
import type { SampledPath } from "@/lib/camera/sampling";
import { storeFile } from "@/lib/assets";
import type { Camera } from "@/lib/record";

import { cameraOf, type Document } from "./document";
import { rememberKeys } from "./keyMemory";

const IDLE_MS = 1200;

export type Storing = { state: "stored" | "waiting" | "storing" } | { state: "failed"; error: unknown };

type Wanted = {
  document: Document;
  path: SampledPath;
  before: Camera | null;
  /** The first document that was shown: nothing is stored before it changes. */
  untouched: boolean;
  onChange: ((camera: Camera) => void) | undefined;
};

/** Stores the path a moment after its last change, then tells the record's new camera part. */
export function useStoredPath({
  document,
  path,
  before,
  untouched,
  onChange,
}: Wanted): Storing & { retry: () => void } {
  const [storing, setStoring] = useState<Storing>({ state: "stored" });
  const [done, setDone] = useState(path);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef({ before, onChange });
  useEffect(() => {
    latest.current = { before, onChange };
  });
  const wanted = Boolean(onChange) && !untouched;
  useEffect(() => {
    if (!wanted) return;
    const given = new AbortController();
    const start = async () => {
      setStoring({ state: "storing" });
      const asset = document.imported?.asset ?? (await storePoses(path, given.signal));
      if (!document.imported) rememberKeys(asset, document);
      latest.current.onChange?.(cameraOf(document, path, asset, latest.current.before));
      setStoring({ state: "stored" });
      setDone(path);
    };
    const timer = setTimeout(
      () =>
        void start().catch((error: unknown) => {
          if (!given.signal.aborted) setStoring({ state: "failed", error });
        }),
      IDLE_MS,
    );
    return () => {
      clearTimeout(timer);
      given.abort();
    };
  }, [document, path, wanted, attempt]);
  const behind = wanted && done !== path && storing.state === "stored";
  return { ...(behind ? { state: "waiting" as const } : storing), retry: () => setAttempt((n) => n + 1) };
}

async function storePoses(path: SampledPath, signal: AbortSignal): Promise<string> {
  const file = new File([writeNpy(path.c2w)], "camera-path.npy", { type: "application/x-npy" });
  return (await storeFile(file, signal)).id;
}
