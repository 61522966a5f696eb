/** A camera file of any format that the platform reads, as canonical poses on the record's timeline. */
import { useMutation } from "@tanstack/react-query";

import { api, body, type Schemas } from "@/lib/api";
import { type Asset, fetchAsset, storeFile, verified } from "@/lib/assets";
import { readNpy } from "@/lib/camera/npy";
import type { Camera, Intrinsics, Timeline } from "@/lib/record";

import { type Imported, type Loss, withIntrinsics } from "./document";

export type Reading = Omit<Schemas["ConversionInputRequest"], "timeline">;
export type ImportAsked = {
  file: File;
  companion: File | null;
  reading: Reading;
  timeline: Timeline | null;
  aspect: number;
};

/** What a worker found out while it made the poses. */
type Facts = {
  source_format?: string;
  source_convention?: string;
  up?: Camera["up"];
  width?: number | null;
  height?: number | null;
  intrinsics?: [number, number, number, number][] | null;
  distortion?: { model: NonNullable<Intrinsics["model"]>; dist: number[] } | null;
  lens?: Camera["lens"];
  losses?: Loss[];
  notes?: string[];
};

export type ImportResult = { imported: Imported; format: string; convention: string };

export function useImport() {
  return useMutation({ mutationFn: importCamera });
}

async function importCamera({
  file,
  companion,
  reading,
  timeline,
  aspect,
}: ImportAsked): Promise<ImportResult> {
  const [source, second] = await Promise.all([storeFile(file), companion && storeFile(companion)]);
  const made = await body(
    api.POST("/api/v1/assets/{asset_id}/conversions", {
      params: { path: { asset_id: source.id } },
      body: {
        ...reading,
        ...(second ? { companion: second.id } : {}),
        ...(timeline ? { timeline: { fps: timeline.fps, num_frames: timeline.num_frames } } : {}),
      },
    }),
  );
  return read(await verified(made.id), aspect);
}

async function read(asset: Asset, aspect: number): Promise<ImportResult> {
  const facts = asset.facts as Facts;
  const intrinsics = intrinsicsIn(facts);
  const imported: Imported = {
    asset: asset.id,
    path: withIntrinsics(readNpy(await fetchAsset(asset.id)), intrinsics, aspect),
    up: facts.up ?? "unknown",
    source: "engine",
    hasFocal: intrinsics !== null,
    intrinsics,
    lens: facts.lens ?? null,
    losses: facts.losses ?? [],
    notes: facts.notes ?? [],
  };
  return {
    imported,
    format: facts.source_format ?? "npy",
    convention: facts.source_convention ?? "opencv_c2w",
  };
}

function intrinsicsIn({ intrinsics, width, height, distortion }: Facts): Intrinsics | null {
  const first = intrinsics?.[0];
  if (!first || !intrinsics) return null;
  const [fx, fy, cx, cy] = first;
  const lens = distortion ? { model: distortion.model, dist: distortion.dist } : {};
  return { fx, fy, cx, cy, width, height, ...lens, per_frame: intrinsics.length > 1 ? intrinsics : null };
}

/** The path of a record, as it is stored. */
export async function loadPath(
  camera: Camera,
  aspect: number,
  signal: AbortSignal,
): Promise<Imported | null> {
  if (!camera.poses) return null;
  const c2w = readNpy(await fetchAsset(camera.poses.asset, signal));
  return {
    asset: camera.poses.asset,
    path: withIntrinsics(c2w, camera.intrinsics, aspect),
    up: camera.up ?? "unknown",
    source: camera.source,
    hasFocal: Boolean(camera.intrinsics),
    intrinsics: camera.intrinsics ?? null,
    lens: camera.lens ?? null,
    losses: [],
    notes: [],
  };
}
