import { AudioLines, FileQuestion, Image, type LucideIcon, Route } from "lucide-react";

import { fileOf, type Rendered } from "@/lib/media";

type Props = {
  medium: Rendered;
  /** What is read out in place of the picture. */
  name: string;
  /** Of the picture or what stands in its place. */
  shape?: string;
  /** Of a clip. */
  clipShape?: string;
  /** An address has run out. */
  onStale?: () => void;
};

/** Of what cannot be shown, or is not made yet. */
const ICONS: Record<string, LucideIcon> = {
  audio: AudioLines,
  image: Image,
  environment_map: Image,
  camera_poses: Route,
};

/** A contributor's file, in what was made of it for looking and listening. */
export function Media({ medium, name, shape = "aspect-video", clipShape = shape, onStale }: Props) {
  const proxy = fileOf(medium, "proxy");
  const preview = fileOf(medium, "preview", "thumbnail", "poster");
  if (medium.kind === "clip" && proxy)
    return (
      // eslint-disable-next-line jsx-a11y/media-has-caption -- what is heard is in the record's own words beside it
      <video
        controls
        loop
        playsInline
        preload="none"
        aria-label={name}
        poster={fileOf(medium, "poster")?.url}
        src={proxy.url}
        onError={onStale}
        className={`${clipShape} w-full rounded-md bg-sunken`}
      />
    );
  if (medium.kind === "audio" && preview)
    return (
      // eslint-disable-next-line jsx-a11y/media-has-caption -- as above
      <audio
        controls
        preload="none"
        aria-label={name}
        src={preview.url}
        onError={onStale}
        className="w-full"
      />
    );
  if (preview?.content_type.startsWith("image/"))
    return (
      <img
        src={preview.url}
        alt={name}
        loading="lazy"
        className={`${shape} w-full rounded-md bg-sunken object-contain`}
      />
    );
  const Icon = ICONS[medium.kind] ?? FileQuestion;
  return (
    <div className={`grid ${shape} place-items-center rounded-md bg-sunken text-muted`}>
      <Icon className="size-7" strokeWidth={1.5} aria-hidden />
    </div>
  );
}
