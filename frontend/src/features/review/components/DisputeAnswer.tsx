import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { TextArea } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { type Dispute, useAnswerDispute } from "../api/disputes";
import { useKeptText } from "../hooks/use-kept-text";

const WAYS = ["overturn", "uphold"] as const;

/** Let the rejection stand or have the work judged anew, and say why. */
export function DisputeAnswer({ dispute, back }: { dispute: Dispute; back: string | undefined }) {
  const { t } = useTranslation("review");
  const [text, setText, forget] = useKeptText(`openslate.dispute.${dispute.id}`);
  const [settled, setSettled] = useState<Dispute | null>(dispute.status === "open" ? null : dispute);
  const answer = useAnswerDispute(dispute.id);
  if (settled)
    return (
      <Panel title={t("disputes.sent")}>
        <div className="grid gap-4 text-sm">
          <p>{t(`disputes.settled.${settled.status}`)}</p>
          {settled.answer && <p dir="auto">{settled.answer}</p>}
          <Button asChild>
            <Link to={back ?? "/review"}>{t(back ? "back" : "desk.back")}</Link>
          </Button>
        </div>
      </Panel>
    );
  const send = (overturn: boolean) =>
    answer.mutate(
      { overturn, answer: text },
      {
        onSuccess: (answered) => {
          forget();
          setSettled(answered);
        },
      },
    );
  return (
    <Panel title={t("disputes.answer")}>
      <div className="grid gap-4">
        <TextArea
          label={t("disputes.answer")}
          hint={text.trim() ? t("disputes.answer_hint") : t("disputes.needs")}
          rows={5}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {answer.isError && <Notice tone="bad">{errorText(answer.error)}</Notice>}
        <div className="grid gap-2">
          {WAYS.map((way) => (
            <Confirm
              key={way}
              danger={way === "uphold"}
              trigger={
                <Button
                  look={way === "overturn" ? "primary" : "secondary"}
                  busy={answer.isPending}
                  disabled={!text.trim()}
                >
                  {t(`disputes.${way}`)}
                </Button>
              }
              title={t(`disputes.${way}_title`)}
              action={t(`disputes.${way}`)}
              onConfirm={() => send(way === "overturn")}
            >
              {t(`disputes.${way}_text`)}
            </Confirm>
          ))}
        </div>
      </div>
    </Panel>
  );
}
