import { useTranslation } from "react-i18next";

import { Media } from "@/components/media/Media";
import { Panel } from "@/components/ui/Panel";

import type { Medium } from "../model/media";

type Props = { media: Medium[]; onStale: () => void };

/** Every file of the sample in what was made of it for looking and listening. */
export function SampleMedia({ media, onStale }: Props) {
  const { t } = useTranslation("explore");
  if (media.length === 0) return null;
  const wide = media.filter(({ kind }) => kind === "clip");
  const rest = media.filter(({ kind }) => kind !== "clip");
  return (
    <Panel title={t("sample.media")}>
      <div className="grid gap-5">
        {wide.map((medium) => (
          <Shown key={medium.path} medium={medium} onStale={onStale} />
        ))}
        {rest.length > 0 && (
          <ul className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
            {rest.map((medium) => (
              <li key={medium.path} className="grid content-start gap-1.5">
                <Shown medium={medium} onStale={onStale} />
                <p className="flex justify-between gap-3 text-xs text-muted">
                  <span>{t(`kind.${medium.kind}`, { defaultValue: medium.kind })}</span>
                  <span className="figures truncate">{medium.path}</span>
                </p>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Shown({ medium, onStale }: { medium: Medium; onStale: () => void }) {
  const { t } = useTranslation("explore");
  return (
    <Media
      medium={medium}
      name={t(`kind.${medium.kind}`, { defaultValue: medium.kind })}
      shape="aspect-[16/10]"
      clipShape="max-h-[70dvh]"
      onStale={onStale}
    />
  );
}
