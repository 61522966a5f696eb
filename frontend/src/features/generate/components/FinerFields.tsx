import { useTranslation } from "react-i18next";

import { TextArea, TextInput } from "@/components/ui/Input";
import { Slider } from "@/components/ui/Slider";

import type { Draft } from "../asked";

const MOST_SEED = 2 ** 31 - 1;

/** What to keep out, and how the model is run. */
export function FinerFields({ draft, put }: { draft: Draft; put: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation("generate");
  return (
    <details className="rounded-md border border-line px-4 py-3">
      <summary className="text-sm font-medium">{t("finer")}</summary>
      <div className="grid gap-5 pt-4">
        <TextArea
          label={t("negative")}
          hint={t("negative_hint")}
          rows={2}
          maxLength={4000}
          value={draft.negative}
          onChange={(event) => put({ negative: event.target.value })}
        />
        <div className="grid items-start gap-5 sm:grid-cols-3">
          <TextInput
            label={t("seed")}
            hint={t("seed_hint")}
            type="number"
            min={0}
            max={MOST_SEED}
            dir="ltr"
            value={draft.seed}
            onChange={(event) =>
              put({ seed: Math.min(MOST_SEED, Math.max(0, Math.round(Number(event.target.value)) || 0)) })
            }
          />
          <Slider
            label={t("guidance")}
            value={draft.guidance}
            min={1.5}
            max={10}
            step={0.5}
            onChange={(guidance) => put({ guidance })}
          />
          <Slider
            label={t("steps")}
            value={draft.steps}
            min={4}
            max={80}
            onChange={(steps) => put({ steps })}
          />
        </div>
      </div>
    </details>
  );
}
