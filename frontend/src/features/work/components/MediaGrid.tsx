import { FileAudio, FileQuestion, Image, Route } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import type { Schemas } from "@/lib/api";
import { byteSize, useLocale } from "@/lib/format";

type Placement = Schemas["PlacementOutput"];
type File = Schemas["RenditionFileOutput"];

/** The files of the revision, in what was made of them for looking and listening. */
export function MediaGrid({ placements }: { placements: Placement[] }) {
  const { t } = useTranslation("work");
  if (placements.length === 0) return null;
  return (
    <Panel title={t("media.title")}>
      <ul className="grid gap-4 sm:grid-cols-2">
        {placements.map((placement) => (
          <li key={placement.path} className="grid min-w-0 content-start gap-2">
            <Preview placement={placement} />
            <Caption placement={placement} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Preview({ placement: { asset } }: { placement: Placement }) {
  const files = asset.renditions?.files ?? [];
  const of = (...roles: string[]): File | undefined => files.find((file) => roles.includes(file.role));
  const picture = of("preview", "thumbnail", "poster");
  if (asset.kind === "video" && of("proxy"))
    return (
      // eslint-disable-next-line jsx-a11y/media-has-caption -- what is heard is in the record's own words beside it
      <video
        controls
        preload="none"
        poster={of("poster")?.url}
        src={of("proxy")?.url}
        className="aspect-video w-full rounded-md bg-sunken"
      />
    );
  if (asset.kind === "audio" && picture)
    return (
      // eslint-disable-next-line jsx-a11y/media-has-caption -- as above
      <audio controls preload="none" src={picture.url} className="w-full" />
    );
  if (picture?.content_type.startsWith("image/"))
    return (
      <img
        src={picture.url}
        alt={asset.name}
        loading="lazy"
        className="aspect-video w-full rounded-md bg-sunken object-contain"
      />
    );
  return (
    <div className="grid aspect-video place-items-center rounded-md bg-sunken text-muted [&_svg]:size-7 [&_svg]:stroke-[1.5]">
      <KindIcon kind={asset.kind} />
    </div>
  );
}

function KindIcon({ kind }: { kind: string }) {
  if (kind === "audio") return <FileAudio aria-hidden />;
  if (kind === "camera_poses") return <Route aria-hidden />;
  if (kind === "image" || kind === "environment_map") return <Image aria-hidden />;
  return <FileQuestion aria-hidden />;
}

function Caption({ placement }: { placement: Placement }) {
  const { t } = useTranslation("work");
  const locale = useLocale();
  const part = placement.path.split(/[.[]/)[0];
  return (
    <p className="flex min-w-0 items-baseline justify-between gap-3 text-xs text-muted">
      <span className="truncate">
        {t(`gates:modality.${part}`, { defaultValue: part })} · <bdi>{placement.asset.name}</bdi>
      </span>
      <span className="shrink-0">{byteSize(placement.asset.size, locale)}</span>
    </p>
  );
}
