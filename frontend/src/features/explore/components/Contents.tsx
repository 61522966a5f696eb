import { FileDown } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Copyable } from "@/components/ui/Copyable";
import { Ago, Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/Toasts";
import { percent, useLocale } from "@/lib/format";

import { useCampaignChoices } from "../api/list-campaigns";
import type { Selection } from "../api/freeze-version";
import { useManifestLink } from "../api/read-manifest";
import type { VersionDetail } from "../api/read-version";
import type { Facet } from "../model/facets";
import { FacetChip } from "./AskedChips";
import { SplitBar } from "./SplitBar";

type Facts = {
  models?: { id: string; weights_sha256: string }[];
  policies?: string[];
  split_salt?: string;
  schema_version?: string;
};

/** What the version holds, what was asked for, and what its content hangs on. */
export function Contents({ version }: { version: VersionDetail }) {
  const { t } = useTranslation("explore");
  const manifest = useManifestLink(version.id);
  const facts = (version.facts ?? {}) as Facts;
  return (
    <Panel
      title={t("contents.title")}
      actions={
        version.status === "ready" && (
          <Button
            size="sm"
            icon={<FileDown className="size-4" />}
            busy={manifest.isPending}
            onClick={() => manifest.mutate(undefined, { onError: toastError })}
          >
            {t("contents.manifest")}
          </Button>
        )
      }
    >
      <div className="grid gap-6">
        <dl className="grid gap-4 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
          <Stat label={t("columns.samples")}>{version.item_count ?? "–"}</Stat>
          <div className="grid content-start gap-1.5">
            <dt className="text-xs text-muted">{t("columns.splits")}</dt>
            <dd>
              <SplitBar version={version} />
            </dd>
          </div>
          <Stat label={t("columns.made")}>
            <span className="text-base">
              <Ago at={version.created_at} />
            </span>
          </Stat>
        </dl>
        <dl className="grid gap-2 text-sm">
          {version.merkle_root && (
            <Row name={t("columns.root")}>
              <Copyable text={version.merkle_root} label={t("columns.root")} />
            </Row>
          )}
          <Row name={t("contents.selection")}>
            <Selected selection={(version.selection ?? {}) as Selection} />
          </Row>
          <Row name={t("contents.schema")}>
            <span className="figures">{facts.schema_version ?? "–"}</span>
          </Row>
        </dl>
        <details className="text-sm">
          <summary className="font-medium">{t("contents.judged_by")}</summary>
          <ul className="grid gap-1 pt-3">
            {facts.policies?.map((policy) => (
              <Hash key={policy} name={t("contents.policy")} value={policy} />
            ))}
            {facts.models?.map((model) => (
              <Hash key={model.id} name={model.id} value={model.weights_sha256} />
            ))}
            {facts.split_salt && <Hash name={t("contents.salt")} value={facts.split_salt} />}
          </ul>
        </details>
      </div>
    </Panel>
  );
}

function Selected({ selection }: { selection: Selection }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const campaigns = useCampaignChoices();
  const titles = selection.campaigns?.map((id) => campaigns.data?.find((one) => one.id === id)?.title ?? id);
  const parts = [
    titles?.join(", "),
    selection.modalities?.map((modality) => t(`modality.${modality}`)).join(" + "),
    selection.min_quality && t("contents.quality_from", { share: percent(selection.min_quality, locale) }),
    selection.ids && t("contents.by_hand", { count: selection.ids.length }),
  ].filter(Boolean);
  const facets = Object.entries(selection.filter?.facets ?? {}) as [Facet, string[]][];
  if (facets.length > 0)
    return (
      <div className="grid gap-1.5">
        {parts.length > 0 && <span dir="auto">{parts.join(" · ")}</span>}
        <ul className="flex flex-wrap gap-2">
          {facets.flatMap(([facet, values]) =>
            values.map((value) => <FacetChip key={`${facet}=${value}`} {...{ facet, value }} />),
          )}
        </ul>
      </div>
    );
  return <span dir="auto">{parts.length > 0 ? parts.join(" · ") : t("contents.everything")}</span>;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[10rem_minmax(0,1fr)]">
      <dt className="leading-7 text-muted">{name}</dt>
      <dd className="min-w-0 leading-7">{children}</dd>
    </div>
  );
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <li className="grid gap-x-4 sm:grid-cols-[14rem_minmax(0,1fr)]">
      <span className="truncate leading-7 text-muted">{name}</span>
      <Copyable text={value} label={name} />
    </li>
  );
}
