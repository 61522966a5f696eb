import { useTranslation } from "react-i18next";

import { Segmented } from "@/components/ui/Segmented";

import type { Campaign } from "../../api/get-campaign";
import type { Part } from "../../draft/record";
import { usePart } from "../../hooks/use-draft";
import { Group, Place } from "../fields/Place";
import { TextField } from "../fields/TextField";
import { Credentials } from "./Credentials";
import { LicenseField } from "./LicenseField";
import { Releases } from "./Releases";

const BASES = ["own_work", "licensed", "commissioned", "public_domain"] as const;
const AI = ["none", "partial", "full"] as const;

export function RightsStep({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation("contribute");
  const rights = usePart("rights");
  const origin = usePart("provenance");
  const ai = origin.value.ai_generated ?? "none";
  return (
    <div className="grid gap-8">
      <Group title={t("rights.whose")}>
        <LicenseField wanted={campaign.license} />
        <Place path="rights.basis" className="grid gap-1.5">
          <span className="text-sm font-medium">{t("rights.basis")}</span>
          <Segmented
            label={t("rights.basis")}
            value={rights.value.basis ?? ""}
            options={BASES.map((value) => ({ value, label: t(`rights.bases.${value}`) }))}
            onChange={(basis) => rights.set({ basis: basis as Part<"rights">["basis"] })}
          />
        </Place>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            path="rights.holder"
            label={t("rights.holder")}
            hint={t("rights.holder_hint")}
            value={rights.value.holder}
            onChange={(holder) => rights.set({ holder })}
          />
          <TextField
            path="rights.attribution"
            label={t("rights.attribution")}
            optional={t("optional")}
            value={rights.value.attribution}
            onChange={(attribution) => rights.set({ attribution })}
          />
        </div>
        <TextField
          path="provenance.source_url"
          label={t("rights.source_url")}
          optional={t("optional")}
          value={origin.value.source_url}
          onChange={(source_url) => origin.set({ source_url })}
        />
      </Group>
      <Releases />
      <Group title={t("rights.ai")} lead={t("rights.ai_lead")}>
        <Place path="provenance.ai_generated">
          <Segmented
            label={t("rights.ai")}
            value={ai}
            options={AI.map((value) => ({ value, label: t(`rights.ai_of.${value}`) }))}
            onChange={(ai_generated) =>
              origin.set({ ai_generated, ...(ai_generated === "none" ? { generator: undefined } : {}) })
            }
          />
        </Place>
        {ai !== "none" && (
          <TextField
            path="provenance.generator"
            label={t("rights.generator")}
            hint={t("rights.generator_hint")}
            value={origin.value.generator}
            onChange={(generator) => origin.set({ generator })}
          />
        )}
      </Group>
      <Credentials />
    </div>
  );
}
