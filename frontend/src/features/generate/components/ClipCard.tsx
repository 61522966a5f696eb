import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Checkbox } from "@/components/ui/Choice";
import { Ago } from "@/components/ui/figures";

import { type Generation, isGoing } from "../api/list-generations";

type Props = { generation: Generation; chosen: boolean; onChoose: () => void };

/** A clip that plays under the pointer or the focus. */
export function ClipCard({ generation, chosen, onChoose }: Props) {
  const { t } = useTranslation("generate");
  const { id, status, links, request, created_at } = generation;
  const play = (video: HTMLVideoElement | null) => void video?.play().catch(() => undefined);
  const video = (element: Element) => element.querySelector("video");
  return (
    <li className="grid content-start gap-2">
      <Link
        to={`/generations/${id}`}
        className="block overflow-hidden rounded-md border border-line bg-sunken"
        onMouseEnter={(event) => play(video(event.currentTarget))}
        onFocus={(event) => play(video(event.currentTarget))}
        onMouseLeave={(event) => video(event.currentTarget)?.pause()}
        onBlur={(event) => video(event.currentTarget)?.pause()}
      >
        {links.clip ? (
          <video
            src={links.clip}
            poster={links.poster ?? undefined}
            aria-label={t("clip")}
            muted
            loop
            playsInline
            preload="none"
            className="aspect-square w-full object-cover"
          />
        ) : (
          <span className="grid aspect-square place-items-center">
            <Badge tone={isGoing(generation) ? "live" : status === "failed" ? "bad" : "neutral"}>
              {t(`status.${status}`)}
            </Badge>
          </span>
        )}
      </Link>
      <p className="line-clamp-2 text-sm" dir="auto">
        {String(request.caption ?? "")}
      </p>
      <div className="flex items-center justify-between gap-2 text-xs text-muted">
        <Ago at={created_at} />
        {status === "delivered" && (
          <Checkbox label={t("gallery.choose")} checked={chosen} onChange={onChoose} />
        )}
      </div>
    </li>
  );
}
