import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Failed } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type Member, useCopies } from "../api/read-copies";
import type { Medium, ToJudge } from "../api/take-review";
import { shown } from "../model/media";
import { Beside, type Sight } from "./Beside";

/** What looks most alike, and what shares material with this; each is put beside it. */
export function Likeness({ review }: { review: ToJudge }) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const copies = useCopies(review.id);
  const [other, setOther] = useState<Sight | null>(null);
  const others = copies.data?.members.filter((member) => member.revision !== review.revision) ?? [];
  const empty = review.neighbours.length === 0 && others.length === 0 && !copies.isError;
  return (
    <Panel title={t("alike.title")}>
      {copies.isError && <Failed error={copies.error} onRetry={() => void copies.refetch()} />}
      {empty && <p className="text-sm text-muted">{t("alike.none")}</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {others.map((member) => (
          <Copy key={member.revision} member={member} onCompare={setOther} />
        ))}
        {review.neighbours.map((neighbour) => (
          <Card
            key={neighbour.revision}
            sight={neighbour}
            mark={<Badge>{percent(Math.max(0, neighbour.similarity), locale)}</Badge>}
            onCompare={setOther}
          />
        ))}
      </ul>
      <Beside own={sightOf(review)} other={other} onClose={() => setOther(null)} />
    </Panel>
  );
}

function sightOf({ media, caption }: { media: Medium[]; caption: string }): Sight {
  const files = media.filter(({ kind }) => ["clip", "image"].includes(kind)).map(shown);
  const first = (role: string) => files.map((one) => one.file(role)).find(Boolean)?.url;
  return { picture: first("poster") ?? first("thumbnail"), clip: first("proxy"), caption };
}

type OnCompare = (sight: Sight) => void;

function Copy({ member, onCompare }: { member: Member; onCompare: OnCompare }) {
  const { t } = useTranslation("review");
  const first = member.why[0];
  return (
    <Card
      sight={{ ...sightOf(member), status: member.status }}
      mark={<Badge tone="bad">{t(first?.copied ? "alike.copy" : "alike.original")}</Badge>}
      detail={first && [first.kind, first.changes].filter(Boolean).join(" · ")}
      onCompare={onCompare}
    />
  );
}

type CardProps = { sight: Sight; mark: ReactNode; detail?: string; onCompare: OnCompare };

function Card({ sight, mark, detail, onCompare }: CardProps) {
  const { t } = useTranslation("review");
  return (
    <li className="grid content-start gap-1.5">
      <div className="relative">
        <button
          type="button"
          aria-label={t("alike.compare", { caption: sight.caption })}
          onClick={() => onCompare(sight)}
          className="block aspect-[3/2] w-full overflow-hidden rounded-md bg-sunken ring-line-strong hover:ring-2"
        >
          {sight.picture && (
            <img src={sight.picture} alt="" loading="lazy" className="size-full object-cover" />
          )}
        </button>
        <span className="pointer-events-none absolute start-1.5 top-1.5">{mark}</span>
      </div>
      <p className="line-clamp-2 text-xs" dir="auto" title={sight.caption}>
        {sight.caption}
      </p>
      <p className="text-xs text-muted">
        {t(`status.${sight.status}`)} {detail && <span dir="auto">· {detail}</span>}
      </p>
    </li>
  );
}
