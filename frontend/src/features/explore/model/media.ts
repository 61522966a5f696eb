/** What of a sample can be shown small: a picture that stands for it, and what plays while one points at it. */
import type { Schemas } from "@/lib/api";
import { fileOf } from "@/lib/media";

export type Medium = Schemas["MediumOutput"];

export function clipOf(media: Medium[]): Medium | undefined {
  return media.find(({ kind }) => kind === "clip");
}

export function facesOf(media: Medium[]): { picture?: string; moving?: string } {
  const clip = clipOf(media);
  const image = media.find(({ kind }) => kind === "image");
  return {
    picture: (fileOf(clip, "poster") ?? fileOf(image, "thumbnail", "preview"))?.url,
    moving: fileOf(clip, "proxy")?.url,
  };
}
