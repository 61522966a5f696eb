import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";
import { Failed } from "@/components/ui/states";
import { percent, useLocale } from "@/lib/format";

import { type Member, useCopies } from "../api/read-copies";
import type { ToJudge } from "../api/take-review";
import { shown } from "../model/media";

/** What looks most alike, and what shares material with this. */
export function Likeness({ review }: { review: ToJudge }) {
  const { t } = useTranslation("review");
  const locale = useLocale();
  const copies = useCopies(review.id);
  const others = copies.data?.members.filter((member) => member.revision !== review.revision) ?? [];
  const empty = review.neighbours.length === 0 && others.length === 0 && !copies.isError;
  return (
    <Panel title={t("alike.title")}>
      {copies.isError && <Failed error={copies.error} onRetry={() => void copies.refetch()} />}
      {empty && <p className="text-sm text-muted">{t("alike.none")}</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3">
        {others.map((member) => (
          <Copy key={member.revision} member={member} />
        ))}
        {review.neighbours.map((neighbour) => (
          <Card
            key={neighbour.revision}
            picture={neighbour.picture}
            caption={neighbour.caption}
            status={neighbour.status}
            mark={<Badge>{percent(neighbour.similarity, locale)}</Badge>}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Copy({ member }: { member: Member }) {
  const { t } = useTranslation("review");
  const files = member.media.filter(({ kind }) => ["clip", "image"].includes(kind)).map(shown);
  const picture = files.map((one) => one.file("poster") ?? one.file("thumbnail")).find(Boolean);
  const first = member.why[0];
  return (
    <Card
      picture={picture?.url ?? null}
      caption={member.caption}
      status={member.status}
      mark={<Badge tone="bad">{t(first?.copied ? "alike.copy" : "alike.original")}</Badge>}
      detail={first && [first.kind, first.changes].filter(Boolean).join(" · ")}
    />
  );
}

type CardProps = {
  picture: string | null | undefined;
  caption: string;
  status: string;
  mark: React.ReactNode;
  detail?: string;
};

function Card({ picture, caption, status, mark, detail }: CardProps) {
  const { t } = useTranslation("review");
  return (
    <li className="grid content-start gap-1.5">
      <div className="relative aspect-[3/2] overflow-hidden rounded-md bg-sunken">
        {picture && <img src={picture} alt="" loading="lazy" className="size-full object-cover" />}
        <span className="absolute start-1.5 top-1.5">{mark}</span>
      </div>
      <p className="line-clamp-2 text-xs" dir="auto" title={caption}>
        {caption}
      </p>
      <p className="text-xs text-muted">
        {t(`status.${status}`)} {detail && <span dir="auto">· {detail}</span>}
      </p>
    </li>
  );
}
