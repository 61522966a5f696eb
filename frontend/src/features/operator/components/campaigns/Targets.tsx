import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { NumberField } from "@/components/ui/NumberField";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { fieldError } from "@/lib/errors";
import { type Targeted, TARGETED, useLabels, useTerms } from "@/lib/vocabulary";

import type { CampaignEditing } from "../../hooks/use-campaign-form";
import type { Target } from "../../model/campaign-form";

const USUAL = 20;

/** How many are wanted of which words: what fills an emptier one is paid more. */
export function Targets({ editing: { form, put, fixed, error } }: { editing: CampaignEditing }) {
  const { t } = useTranslation("operator");
  const wrong = fieldError(error, "coverage_targets");
  const { targets } = form;
  const change = (word: string, wanted: number) =>
    put({ targets: targets.map((target) => (target.word === word ? { word, wanted } : target)) });
  return (
    <Panel title={t("campaigns.coverage")}>
      <div className="grid gap-5">
        <p className="text-sm text-muted">{t("campaigns.coverage_hint")}</p>
        {wrong && <Notice tone="bad">{wrong}</Notice>}
        {targets.length > 0 && (
          <ul className="divide-y divide-line rounded-md border border-line">
            {targets.map((target) => (
              <TargetLine
                key={target.word}
                target={target}
                fixed={fixed}
                onChange={(wanted) => change(target.word, wanted)}
                onRemove={() => put({ targets: targets.filter(({ word }) => word !== target.word) })}
              />
            ))}
          </ul>
        )}
        {!fixed && (
          <NewTarget
            taken={targets.map(({ word }) => word)}
            onAdd={(word) => put({ targets: [...targets, { word, wanted: USUAL }] })}
          />
        )}
      </div>
    </Panel>
  );
}

type LineProps = {
  target: Target;
  fixed: boolean;
  onChange: (wanted: number) => void;
  onRemove: () => void;
};

function TargetLine({ target, fixed, onChange, onRemove }: LineProps) {
  const { t } = useTranslation("operator");
  const [facet = "", word = ""] = target.word.split("=");
  const labelOf = useLabels(TARGETED[facet as Targeted] ?? facet);
  const name = `${t(`campaigns.facet.${facet}`)}: ${labelOf(word)}`;
  return (
    <li className="flex items-center justify-between gap-4 px-4 py-2 text-sm">
      <span className="min-w-0">
        <span className="text-muted">{t(`campaigns.facet.${facet}`)}</span> {labelOf(word)}
      </span>
      <span className="flex items-center gap-2">
        <NumberField
          label={t("campaigns.wanted_of", { name })}
          className="max-w-24"
          value={target.wanted}
          min={1}
          max={1_000_000}
          decimals={0}
          disabled={fixed}
          onChange={(wanted) => onChange(Math.round(wanted))}
        />
        {!fixed && (
          <IconButton label={t("campaigns.remove", { name })} icon={<Trash2 />} onClick={onRemove} />
        )}
      </span>
    </li>
  );
}

function NewTarget({ taken, onAdd }: { taken: string[]; onAdd: (word: string) => void }) {
  const { t } = useTranslation("operator");
  const [facet, setFacet] = useState<Targeted>("movement");
  const [word, setWord] = useState<string>();
  const terms = useTerms(TARGETED[facet]);
  const add = () => {
    if (word) onAdd(`${facet}=${word}`);
    setWord(undefined);
  };
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Select
        label={t("campaigns.kind_of_word")}
        className="w-44"
        value={facet}
        onChange={(next) => {
          setFacet(next);
          setWord(undefined);
        }}
        options={(Object.keys(TARGETED) as Targeted[]).map((one) => ({
          ...{ value: one, label: t(`campaigns.facet.${one}`) },
        }))}
      />
      <Select
        label={t("campaigns.word")}
        className="w-52"
        placeholder={t("campaigns.choose_word")}
        value={word}
        onChange={setWord}
        options={terms.filter(({ value }) => !taken.includes(`${facet}=${value}`))}
      />
      <Button icon={<Plus className="size-4" />} disabled={!word} onClick={add}>
        {t("campaigns.add_target")}
      </Button>
    </div>
  );
}
