import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Failed } from "@/components/ui/states";

import { useComposedCaption } from "../../api/compose-caption";
import { prunedDraft } from "../../draft/record";
import { useDraft } from "../../hooks/use-draft";
import { useSettled } from "../../hooks/use-settled";

type Language = "en" | "ar";

const QUIET_MS = 400;

/** What the record says in words: the caption that models are trained on, composed as one writes. */
export function SpokenCaption() {
  const { t, i18n } = useTranslation("contribute");
  const [language, setLanguage] = useState<Language>(i18n.language === "ar" ? "ar" : "en");
  const draft = useDraft();
  const told = useMemo(() => prunedDraft(draft), [draft]);
  const caption = useComposedCaption(useSettled(told, QUIET_MS));
  const text = caption.data?.captions[language].long;
  const choice = (
    <Segmented
      label={t("caption.language")}
      value={language}
      options={[
        { value: "en", label: "EN" },
        { value: "ar", label: "ع" },
      ]}
      onChange={setLanguage}
    />
  );
  return (
    <Panel title={t("caption.title")} actions={choice}>
      {caption.isError && <Failed error={caption.error} onRetry={() => void caption.refetch()} />}
      {text && (
        <p className="max-h-72 overflow-y-auto text-sm leading-relaxed" dir="auto" lang={language}>
          {text}
        </p>
      )}
      {caption.isSuccess && !text && <p className="text-sm text-muted">{t("caption.later")}</p>}
      <p className="mt-3 text-xs text-muted">{t("caption.lead")}</p>
    </Panel>
  );
}
