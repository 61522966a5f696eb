import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Segmented } from "@/components/ui/Segmented";
import { Failed } from "@/components/ui/states";

import { type CaptionLanguage, useCaption } from "../../api/get-caption";
import type { Precheck } from "../../api/get-precheck";
import { useDraftState, useKeeper } from "../../hooks/use-draft";

/** What the record says in words: the caption that models are trained on, composed as one writes. */
export function SpokenCaption({ check }: { check: Precheck | null }) {
  const { t, i18n } = useTranslation("contribute");
  const [language, setLanguage] = useState<CaptionLanguage>(i18n.language === "ar" ? "ar" : "en");
  const { submissionId } = useKeeper();
  const { savedAt } = useDraftState();
  const whole = check?.record_sha256 !== undefined && check.record_sha256 !== "";
  const caption = useCaption(submissionId, language, savedAt, whole);
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
      {caption.data ? (
        <p
          className="max-h-72 overflow-y-auto text-sm leading-relaxed"
          dir="auto"
          lang={caption.data.language}
        >
          {caption.data.long}
        </p>
      ) : (
        !caption.isError && <p className="text-sm text-muted">{t("caption.later")}</p>
      )}
      <p className="mt-3 text-xs text-muted">{t("caption.lead")}</p>
    </Panel>
  );
}
