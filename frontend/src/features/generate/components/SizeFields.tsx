import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Select } from "@/components/ui/Select";
import { Slider } from "@/components/ui/Slider";

import { useAdapters } from "../api/list-adapters";
import { type Draft, type Size, SIZES } from "../asked";

const NONE = "none";

export function SizeFields({ draft, put }: { draft: Draft; put: (part: Partial<Draft>) => void }) {
  const { t } = useTranslation("generate");
  const [asked] = useState(draft.adapter);
  const adapters = useAdapters(asked);
  const saved = (adapters.data ?? []).map(({ id, base, step }) => ({
    value: id,
    label: t("adapter_of", { base, step, id: id.slice(0, 8) }),
  }));
  return (
    <div className="grid items-start gap-4 sm:grid-cols-3">
      <Select
        label={t("size.label")}
        value={draft.size}
        onChange={(size) => put({ size })}
        options={(Object.keys(SIZES) as Size[]).map((value) => ({
          value,
          label: t(`size.${value}`),
          hint: SIZES[value].join(" × "),
        }))}
      />
      <Select
        label={t("adapter")}
        value={draft.adapter || NONE}
        onChange={(adapter) => put({ adapter: adapter === NONE ? "" : adapter })}
        options={[{ value: NONE, label: t("adapter_none") }, ...saved]}
      />
      <Slider
        label={t("duration")}
        value={draft.durationS}
        min={1}
        max={10}
        step={0.5}
        shown={`${draft.durationS} s`}
        onChange={(durationS) => put({ durationS })}
      />
    </div>
  );
}
