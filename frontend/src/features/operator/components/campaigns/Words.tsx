import { useTranslation } from "react-i18next";

import { TextArea, TextInput } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { fieldError } from "@/lib/errors";

import type { CampaignEditing } from "../../hooks/use-campaign-form";

/** What is called for, in the operator's words. */
export function Words({ editing: { form, put, closed, faults, error } }: { editing: CampaignEditing }) {
  const { t } = useTranslation("operator");
  return (
    <Panel title={t("campaigns.call")}>
      <div className="grid gap-5">
        <TextInput
          label={t("campaigns.title")}
          maxLength={200}
          disabled={closed}
          value={form.title}
          error={faults.has("title") ? t("campaigns.title_needed") : fieldError(error, "title")}
          onChange={(event) => put({ title: event.target.value })}
        />
        <TextArea
          label={t("campaigns.brief")}
          hint={t("campaigns.brief_hint")}
          rows={10}
          maxLength={20_000}
          disabled={closed}
          value={form.brief}
          error={fieldError(error, "brief")}
          onChange={(event) => put({ brief: event.target.value })}
        />
      </div>
    </Panel>
  );
}
