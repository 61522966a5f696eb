import { Check, Trash2, X } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { IconButton } from "@/components/ui/IconButton";
import { TextArea } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";

import { useExampleWork } from "../../api/example-work";
import type { Example } from "../../model/campaign-form";
import { PictureField } from "./PictureField";

const NONE = "none";
const SHOWN_CHARACTERS = 70;

type Props = {
  example: Example;
  picture: string | undefined;
  textMissing: boolean;
  refused: string | undefined;
  disabled: boolean;
  onChange: (change: Partial<Example>) => void;
  onRemove: () => void;
};

export function ExampleFields({
  example,
  picture,
  textMissing,
  refused,
  disabled,
  onChange,
  onRemove,
}: Props) {
  const { t } = useTranslation("operator");
  const work = useExampleWork(example.good).data ?? [];
  const kind = t(example.good ? "campaigns.good" : "campaigns.bad");
  const captionOf = (caption: string | undefined, id: string) => (caption || id).slice(0, SHOWN_CHARACTERS);
  return (
    <fieldset className="grid gap-3 rounded-md border border-line p-4" disabled={disabled}>
      <legend className="sr-only">{kind}</legend>
      <div className="flex items-center justify-between gap-3">
        <Badge tone={example.good ? "good" : "bad"}>
          {example.good ? <Check className="size-3.5" aria-hidden /> : <X className="size-3.5" aria-hidden />}
          {kind}
        </Badge>
        <IconButton label={t("campaigns.remove", { name: kind })} icon={<Trash2 />} onClick={onRemove} />
      </div>
      <TextArea
        label={t("campaigns.example_text")}
        rows={3}
        maxLength={2000}
        value={example.text}
        error={textMissing ? t("campaigns.text_needed") : refused}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <Select
        label={t(example.good ? "campaigns.accepted_work" : "campaigns.rejected_work")}
        value={example.submission ?? NONE}
        onChange={(chosen) => onChange({ submission: chosen === NONE ? null : chosen, asset: null })}
        options={[
          { value: NONE, label: t("campaigns.no_work") },
          ...work.map(({ id, caption }) => ({ value: id, label: captionOf(caption, id) })),
        ]}
      />
      {!example.submission && (
        <PictureField
          shown={picture}
          chosen={Boolean(example.asset)}
          onChange={(asset) => onChange({ asset })}
        />
      )}
    </fieldset>
  );
}
