import { X } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { percent, useLocale } from "@/lib/format";

import { usePicture } from "../api/read-picture";
import { useSample } from "../api/read-sample";
import { useWord } from "../hooks/use-word";
import { type Asked, toggled } from "../model/asked";
import type { Facet } from "../model/facets";
import { facesOf } from "../model/media";

type Props = { asked: Asked; ask: (part: Partial<Asked>) => void };

/** What is asked for, each part to be taken away again. */
export function AskedChips({ asked, ask }: Props) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const some = Object.keys(asked.facets).length > 0 || asked.minQuality > 0 || asked.image || asked.like;
  if (!some) return null;
  return (
    <ul aria-label={t("search.asked")} className="flex flex-wrap items-center gap-2">
      {asked.image && <Picture asset={asked.image} onDrop={() => ask({ image: "" })} />}
      {asked.like && <Like sample={asked.like} onDrop={() => ask({ like: "" })} />}
      <FacetChips asked={asked} ask={ask} />
      {asked.minQuality > 0 && (
        <Chip onDrop={() => ask({ minQuality: 0 })}>
          {t("contents.quality_from", { share: percent(asked.minQuality, locale) })}
        </Chip>
      )}
      <li>
        <Button
          size="sm"
          look="quiet"
          onClick={() => ask({ facets: {}, minQuality: 0, image: "", like: "", newest: false })}
        >
          {t("search.clear")}
        </Button>
      </li>
    </ul>
  );
}

/** The facets that are asked for, as items of a list. */
export function FacetChips({ asked, ask }: Props) {
  return (Object.entries(asked.facets) as [Facet, string[]][]).flatMap(([facet, values]) =>
    values.map((value) => (
      <FacetChip
        key={`${facet}=${value}`}
        {...{ facet, value }}
        onDrop={() => ask({ facets: toggled(asked.facets, facet, value) })}
      />
    )),
  );
}

export function FacetChip({ facet, value, onDrop }: { facet: Facet; value: string; onDrop?: () => void }) {
  const { t } = useTranslation("explore");
  const word = useWord(facet);
  return (
    <Chip onDrop={onDrop}>
      <span className="text-muted">{t(`facet.${facet}`)}</span> <bdi>{word(value)}</bdi>
    </Chip>
  );
}

function Picture({ asset, onDrop }: { asset: string; onDrop: () => void }) {
  const { t } = useTranslation("explore");
  const link = usePicture(asset);
  return (
    <Chip picture={link.data?.url} onDrop={onDrop}>
      {t("search.like_picture")}
    </Chip>
  );
}

function Like({ sample, onDrop }: { sample: string; onDrop: () => void }) {
  const { t } = useTranslation("explore");
  const found = useSample(sample);
  return (
    <Chip picture={facesOf(found.data?.media ?? []).picture} onDrop={onDrop}>
      {t("search.like_sample")}
    </Chip>
  );
}

function Chip({ picture, onDrop, children }: { picture?: string; onDrop?: () => void; children: ReactNode }) {
  const { t } = useTranslation("explore");
  const id = useId();
  return (
    <li className="inline-flex h-8 max-w-full items-center gap-2 rounded-full border border-line bg-surface ps-3 pe-1 text-xs">
      {picture && <img src={picture} alt="" className="-ms-2 size-6 rounded-full object-cover" />}
      <span id={`${id}-text`} className="min-w-0 truncate">
        {children}
      </span>
      {onDrop ? (
        <button
          type="button"
          id={`${id}-drop`}
          aria-label={t("search.drop")}
          aria-labelledby={`${id}-drop ${id}-text`}
          onClick={onDrop}
          className="grid size-6 place-items-center rounded-full text-muted transition hover:bg-sunken hover:text-ink"
        >
          <X className="size-3.5" aria-hidden />
        </button>
      ) : (
        <span className="w-2" />
      )}
    </li>
  );
}
