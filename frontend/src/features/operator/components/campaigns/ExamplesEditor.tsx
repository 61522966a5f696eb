import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { fieldError } from "@/lib/errors";

import { useExamples } from "@/lib/examples";
import type { Campaign } from "../../api/campaigns";
import type { CampaignEditing } from "../../hooks/use-campaign-form";
import type { Example } from "../../model/campaign-form";
import { ExampleFields } from "./ExampleFields";

const MOST = 10;

/** Good and bad examples, in the operator's words, each with a picture or a contribution. */
export function ExamplesEditor({ campaign, editing }: { campaign: Campaign; editing: CampaignEditing }) {
  const { t } = useTranslation("operator");
  const { form, put, error, closed, faults } = editing;
  const pictures = useExamples(campaign.id).data ?? [];
  const { examples } = form;
  const add = (good: boolean) =>
    put({ examples: [...examples, { good, text: "", submission: null, asset: null }] });
  const pictureOf = (example: Example, place: number) =>
    example.asset && campaign.examples[place]?.asset === example.asset
      ? pictures[place]?.image?.url
      : undefined;
  return (
    <Panel title={t("campaigns.examples")}>
      <div className="grid gap-5">
        <p className="text-sm text-muted">{t("campaigns.examples_hint")}</p>
        <ul className="grid gap-4 md:grid-cols-2">
          {examples.map((example, place) => (
            <li key={place} className="min-w-0">
              <ExampleFields
                example={example}
                picture={pictureOf(example, place)}
                textMissing={faults.has("examples") && !example.text.trim()}
                refused={["text", "submission", "asset"]
                  .map((field) => fieldError(error, `examples.${place}.${field}`))
                  .find(Boolean)}
                disabled={closed}
                onChange={(change) =>
                  put({ examples: examples.map((one, at) => (at === place ? { ...one, ...change } : one)) })
                }
                onRemove={() => put({ examples: examples.filter((_, at) => at !== place) })}
              />
            </li>
          ))}
        </ul>
        {!closed && examples.length < MOST && (
          <div className="flex flex-wrap gap-2">
            <Button icon={<Plus className="size-4" />} onClick={() => add(true)}>
              {t("campaigns.add_good")}
            </Button>
            <Button icon={<Plus className="size-4" />} onClick={() => add(false)}>
              {t("campaigns.add_bad")}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
