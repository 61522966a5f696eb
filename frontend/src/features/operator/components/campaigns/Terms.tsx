import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";
import { TextInput } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { fieldError } from "@/lib/errors";

import { useAllVersions } from "../../api/policies";
import type { CampaignEditing } from "../../hooks/use-campaign-form";
import { useVersionLabel } from "../../hooks/use-version-label";
import { MODALITIES } from "../../model/campaign-form";

/** What a record must have, under which licence, judged how often and by what. */
export function Terms({ editing: { form, put, fixed, error } }: { editing: CampaignEditing }) {
  const { t } = useTranslation(["operator", "gates"]);
  const versions = useAllVersions();
  const labelOf = useVersionLabel();
  return (
    <Panel title={t("campaigns.terms")}>
      <div className="grid gap-5">
        {fixed && <p className="text-sm text-muted">{t("campaigns.fixed")}</p>}
        <fieldset className="grid gap-2.5 sm:grid-cols-3">
          <legend className="mb-2 text-sm font-medium">{t("campaigns.required")}</legend>
          {MODALITIES.map((modality) => (
            <Checkbox
              key={modality}
              label={t(`gates:modality.${modality}`)}
              checked={form.required_modalities.includes(modality)}
              disabled={fixed}
              onChange={(on) =>
                put({
                  required_modalities: MODALITIES.filter((one) =>
                    one === modality ? on : form.required_modalities.includes(one),
                  ),
                })
              }
            />
          ))}
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            label={t("campaigns.license")}
            hint={t("campaigns.license_hint")}
            dir="ltr"
            disabled={fixed}
            value={form.license}
            error={fieldError(error, "license")}
            onChange={(event) => put({ license: event.target.value })}
          />
          <TextInput
            label={t("campaigns.reviews")}
            hint={t("campaigns.reviews_hint")}
            type="number"
            min={1}
            max={9}
            disabled={fixed}
            value={form.reviews_needed}
            error={fieldError(error, "reviews_needed")}
            onChange={(event) => put({ reviews_needed: event.target.valueAsNumber || 1 })}
          />
          <Select
            label={t("gates.judged_by")}
            hint={t(fixed ? "campaigns.policy_later" : "campaigns.policy_hint")}
            placeholder={t("gates.newest_default")}
            disabled={fixed}
            value={form.policy_version ?? undefined}
            onChange={(policy_version) => put({ policy_version })}
            options={versions.map((one) => ({ value: one.id, label: labelOf(one), hint: one.note }))}
          />
        </div>
      </div>
    </Panel>
  );
}
