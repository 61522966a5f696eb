import { useTranslation } from "react-i18next";

import { Media } from "@/components/media/Media";
import { Panel } from "@/components/ui/Panel";
import type { Schemas } from "@/lib/api";
import { byteSize, useLocale } from "@/lib/format";

type Placement = Schemas["PlacementOutput"];

/** The files of the revision, in what was made of them for looking and listening. */
export function MediaGrid({ placements }: { placements: Placement[] }) {
  const { t } = useTranslation("work");
  if (placements.length === 0) return null;
  return (
    <Panel title={t("media.title")}>
      <ul className="grid gap-4 sm:grid-cols-2">
        {placements.map(({ path, asset }) => (
          <li key={path} className="grid min-w-0 content-start gap-2">
            <Media medium={asset} name={asset.name} />
            <Caption path={path} asset={asset} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Caption({ path, asset }: Placement) {
  const { t } = useTranslation("work");
  const locale = useLocale();
  const part = path.split(/[.[]/)[0];
  return (
    <p className="flex min-w-0 items-baseline justify-between gap-3 text-xs text-muted">
      <span className="truncate">
        {t(`gates:modality.${part}`, { defaultValue: part })} · <bdi>{asset.name}</bdi>
      </span>
      <span className="shrink-0">{byteSize(asset.size, locale)}</span>
    </p>
  );
}
