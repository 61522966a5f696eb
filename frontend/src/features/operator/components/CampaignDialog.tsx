import { Controller, useForm } from "react-hook-form";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea, TextInput } from "@/components/ui/Input";
import { Notice } from "@/components/ui/states";
import type { Schemas } from "@/lib/api";
import { errorText, fieldError } from "@/lib/errors";
import { parseTokens } from "@/lib/money";

import { useCreateCampaign } from "../api/campaigns";

const MODALITIES: Schemas["Modality"][] = [
  "scene",
  "reference_images",
  "audio",
  "camera",
  "lighting",
  "video",
];
type Form = {
  title: string;
  brief: string;
  license: string;
  reward: string;
  fee: string;
  reviews_needed: number;
  required_modalities: Schemas["Modality"][];
};
const NEW: Form = {
  title: "",
  brief: "",
  license: "CC-BY-4.0",
  reward: "1",
  fee: "0.05",
  reviews_needed: 2,
  required_modalities: ["scene"],
};

/** Writes a draft; it is funded and opened afterwards. */
export function CampaignDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["operator", "gates", "common"]);
  const form = useForm<Form>({ defaultValues: NEW });
  const create = useCreateCampaign();
  const { errors } = form.formState;
  const amount = { validate: (typed: string) => parseTokens(typed) !== null || t("campaigns.amount_bad") };
  const submit = form.handleSubmit(({ reward, fee, ...rest }) =>
    create.mutate(
      { ...rest, base_reward_wei: String(parseTokens(reward)), review_fee_wei: String(parseTokens(fee)) },
      { onSuccess: onClose },
    ),
  );
  return (
    <Dialog open onOpenChange={onClose} title={t("campaigns.new")} wide>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        {create.isError && <Notice tone="bad">{errorText(create.error)}</Notice>}
        <TextInput
          label={t("campaigns.title")}
          error={(errors.title && t("campaigns.title_needed")) ?? fieldError(create.error, "title")}
          {...form.register("title", { required: true })}
        />
        <TextArea label={t("campaigns.brief")} rows={6} {...form.register("brief")} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            label={t("campaigns.license")}
            dir="ltr"
            error={fieldError(create.error, "license")}
            {...form.register("license")}
          />
          <TextInput
            label={t("campaigns.reviews")}
            type="number"
            min={1}
            max={9}
            error={fieldError(create.error, "reviews_needed")}
            {...form.register("reviews_needed", { valueAsNumber: true })}
          />
          <TextInput
            label={t("campaigns.reward")}
            inputMode="decimal"
            dir="ltr"
            error={errors.reward?.message}
            {...form.register("reward", amount)}
          />
          <TextInput
            label={t("campaigns.fee")}
            inputMode="decimal"
            dir="ltr"
            error={errors.fee?.message}
            {...form.register("fee", amount)}
          />
        </div>
        <Controller
          control={form.control}
          name="required_modalities"
          render={({ field }) => (
            <fieldset className="grid gap-2.5 sm:grid-cols-3">
              <legend className="mb-2 text-sm font-medium">{t("campaigns.required")}</legend>
              {MODALITIES.map((modality) => (
                <Checkbox
                  key={modality}
                  label={t(`gates:modality.${modality}`)}
                  checked={field.value.includes(modality)}
                  onChange={(on) =>
                    field.onChange(
                      on ? [...field.value, modality] : field.value.filter((one) => one !== modality),
                    )
                  }
                />
              ))}
            </fieldset>
          )}
        />
        <Button type="submit" look="primary" className="justify-self-end" busy={create.isPending}>
          {t("common:save")}
        </Button>
      </form>
    </Dialog>
  );
}
