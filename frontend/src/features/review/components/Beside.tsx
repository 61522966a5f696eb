import { Play } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";

/** What stands for a piece of work: its clip, else a picture of it. */
export type Sight = { picture?: string | null; clip?: string | null; caption: string; status?: string };

type Props = { own: Sight; other: Sight | null; onClose: () => void };

/** Two pieces of work next to each other, their clips played together. */
export function Beside({ own, other, onClose }: Props) {
  const { t } = useTranslation("review");
  const both = useRef<HTMLDivElement>(null);
  const play = () => {
    for (const video of both.current?.querySelectorAll("video") ?? []) {
      video.currentTime = 0;
      void video.play();
    }
  };
  return (
    <Dialog wide open={other !== null} onOpenChange={onClose} title={t("alike.beside")}>
      {other && (
        <div className="grid gap-4">
          <div ref={both} className="grid gap-4 sm:grid-cols-2">
            <Side title={t("alike.this")} sight={own} />
            <Side title={t("alike.other")} sight={other} />
          </div>
          {own.clip && other.clip && (
            <Button icon={<Play className="size-4" />} onClick={play}>
              {t("alike.play")}
            </Button>
          )}
        </div>
      )}
    </Dialog>
  );
}

function Side({ title, sight }: { title: string; sight: Sight }) {
  const { t } = useTranslation("review");
  const { picture, clip, caption, status } = sight;
  return (
    <section className="grid content-start gap-2">
      <h3 className="text-xs font-medium text-muted">
        {title}
        {status && ` · ${t(`status.${status}`)}`}
      </h3>
      <div className="grid aspect-[3/2] place-items-center overflow-hidden rounded-md bg-sunken">
        {clip ? (
          // eslint-disable-next-line jsx-a11y/media-has-caption -- compared by eye; the description is below
          <video
            src={clip}
            poster={picture ?? undefined}
            aria-label={title}
            controls
            loop
            playsInline
            className="size-full object-contain"
          />
        ) : picture ? (
          <img src={picture} alt={title} className="size-full object-contain" />
        ) : (
          <p className="text-sm text-muted">{t("alike.no_picture")}</p>
        )}
      </div>
      <p className="text-sm" dir="auto">
        {caption}
      </p>
    </section>
  );
}
