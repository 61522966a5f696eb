import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Copyable } from "@/components/ui/Copyable";
import { Ago } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { duration, percent, useLocale } from "@/lib/format";

import type { SampleDetail } from "../api/read-sample";
import { useWord } from "../hooks/use-word";
import { type Facet, FACETS } from "../model/facets";

/** What the sample is found by, each word the way to others like it; under which licence, how good, how long. */
export function SampleFacts({ sample }: { sample: SampleDetail }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const { holder: _nobody, ...rights } = (sample.record.rights ?? {}) as Record<string, unknown>;
  return (
    <Panel title={t("sample.facts")}>
      <dl className="grid gap-2.5 text-sm">
        <Row name={t("facet.license")}>
          <span className="figures">{String(rights.license ?? "–")}</span>
        </Row>
        <Row name={t("sample.basis")}>{String(rights.basis ?? "–").replaceAll("_", " ")}</Row>
        <Row name={t("facets.quality_of")}>{percent(sample.quality, locale)}</Row>
        <Row name={t("sample.length")}>{duration(sample.duration_s, locale)}</Row>
        <Row name={t("sample.short_side")}>
          <span className="figures">{sample.short_side_px ? `${sample.short_side_px} px` : "–"}</span>
        </Row>
        <Row name={t("sample.accepted")}>
          <Ago at={sample.accepted_at} />
        </Row>
        <Row name={t("columns.sample")}>
          <Copyable text={sample.id} short={13} label={t("columns.sample")} />
        </Row>
      </dl>
      <dl className="mt-4 grid gap-2.5 border-t border-line pt-4 text-sm">
        {FACETS.filter((facet) => facet !== "license" && sample.facets[facet]).map((facet) => (
          <Values key={facet} facet={facet} values={sample.facets[facet] ?? []} />
        ))}
      </dl>
    </Panel>
  );
}

function Values({ facet, values }: { facet: Facet; values: string[] }) {
  const { t } = useTranslation("explore");
  const word = useWord(facet);
  return (
    <Row name={t(`facet.${facet}`)}>
      <span className="flex flex-wrap justify-end gap-1.5">
        {values.map((value) => (
          <Link
            key={value}
            to={`/explore?${new URLSearchParams([[facet, value]])}`}
            className="inline-flex min-h-6 items-center rounded-full bg-sunken px-2.5 py-0.5 text-xs transition hover:text-tungsten"
          >
            <bdi>{word(value)}</bdi>
          </Link>
        ))}
      </span>
    </Row>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <dt className="shrink-0 text-muted">{name}</dt>
      <dd className="min-w-0 text-end">{children}</dd>
    </div>
  );
}
