import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Empty } from "@/components/ui/states";

import { usePlayer } from "../hooks/use-player";
import type { Shown } from "../model/media";
import { Scrubber } from "./Scrubber";
import { Transport } from "./Transport";

/** The clip, or the sound where there is no clip; `onStale` when its link no longer answers. */
export function ClipPlayer({ clip, sound, onStale }: { clip?: Shown; sound?: Shown; onStale: () => void }) {
  const { t } = useTranslation("review");
  const { attach, toggle } = usePlayer();
  const proxy = clip?.file("proxy");
  const preview = sound?.file("preview");
  if (clip && !proxy) return <Empty title={t(`player.${clip.status}`)}>{t("player.unseen")}</Empty>;
  if (!proxy && !preview) return null;
  return (
    <Panel flush className="overflow-hidden">
      {proxy ? (
        // The transcript beside it stands for captions.
        // eslint-disable-next-line jsx-a11y/media-has-caption
        <video
          ref={attach}
          src={proxy.url}
          poster={clip?.file("poster")?.url}
          preload="auto"
          playsInline
          aria-label={t("player.clip")}
          onClick={toggle}
          onError={onStale}
          className="aspect-video max-h-[58dvh] w-full bg-black object-contain"
        />
      ) : (
        // eslint-disable-next-line jsx-a11y/media-has-caption
        <audio
          ref={attach}
          src={preview?.url}
          preload="auto"
          aria-label={t("player.sound")}
          onError={onStale}
        />
      )}
      <Scrubber strip={clip?.file("strip")?.url} />
      <Transport />
    </Panel>
  );
}
