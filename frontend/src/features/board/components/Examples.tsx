import { Check, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Failed, LoadingRows } from "@/components/ui/states";

import { type Example, useExamples } from "@/lib/examples";

/** What good and bad work looks like, in the operator's words. */
export function Examples({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation("board");
  const examples = useExamples(campaignId);
  return (
    <section className="grid gap-3">
      <h2 className="text-lg">{t("examples.title")}</h2>
      {examples.isPending && <LoadingRows rows={2} />}
      {examples.isError && <Failed error={examples.error} onRetry={() => void examples.refetch()} />}
      <ul className="grid gap-4 sm:grid-cols-2">
        {examples.data?.map((example, place) => (
          <ExampleCard key={place} example={example} />
        ))}
      </ul>
    </section>
  );
}

function ExampleCard({ example }: { example: Example }) {
  const { t } = useTranslation("board");
  return (
    <li className="grid content-start overflow-hidden rounded-lg border border-line bg-surface">
      {example.image && (
        <img
          src={example.image.url}
          alt={example.caption || t("examples.picture")}
          loading="lazy"
          className="aspect-video w-full bg-sunken object-cover"
        />
      )}
      <div className="grid gap-2 p-4">
        <Badge tone={example.good ? "good" : "bad"}>
          {example.good ? <Check className="size-3.5" aria-hidden /> : <X className="size-3.5" aria-hidden />}
          {t(example.good ? "examples.good" : "examples.bad")}
        </Badge>
        <p className="text-sm" dir="auto">
          {example.text}
        </p>
        {example.caption && (
          <p className="line-clamp-2 text-xs text-muted" dir="auto">
            {example.caption}
          </p>
        )}
      </div>
    </li>
  );
}
