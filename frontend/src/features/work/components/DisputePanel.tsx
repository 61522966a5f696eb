import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Badge, type Tone } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { TextArea } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { toast } from "@/components/ui/Toasts";
import { errorText } from "@/lib/errors";

import { type Dispute, useDispute, useOpenDispute } from "../api/dispute";

const TONES: Record<NonNullable<Dispute["status"]>, Tone> = {
  open: "live",
  upheld: "bad",
  overturned: "good",
  dropped: "neutral",
};

/** A rejection may be disputed once: somebody who did not make it looks again. */
export function DisputePanel({ submissionId, rejected }: { submissionId: string; rejected: boolean }) {
  const { t } = useTranslation("work");
  const dispute = useDispute(submissionId, true);
  if (!dispute.isSuccess || (!dispute.data && !rejected)) return null;
  if (!dispute.data) return <OpenDispute submissionId={submissionId} />;
  const { status = "open", text, answer } = dispute.data;
  return (
    <Panel
      title={t("dispute.title")}
      actions={<Badge tone={TONES[status]}>{t(`dispute.status.${status}`)}</Badge>}
    >
      <div className="grid gap-3 text-sm">
        <p className="whitespace-pre-line" dir="auto">
          {text}
        </p>
        {answer && (
          <blockquote className="border-s-2 border-line-strong ps-4 whitespace-pre-line" dir="auto">
            {answer}
          </blockquote>
        )}
      </div>
    </Panel>
  );
}

function OpenDispute({ submissionId }: { submissionId: string }) {
  const { t } = useTranslation("work");
  const [text, setText] = useState("");
  const [writing, setWriting] = useState(false);
  const open = useOpenDispute(submissionId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open.mutate(text, { onSuccess: () => toast(t("dispute.sent")) });
  };
  if (!writing)
    return (
      <div className="flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line px-5 py-4">
        <p className="text-sm text-muted">{t("dispute.lead")}</p>
        <Button onClick={() => setWriting(true)}>{t("dispute.open")}</Button>
      </div>
    );
  return (
    <Panel title={t("dispute.title")}>
      <form onSubmit={submit} className="grid gap-4" noValidate>
        <TextArea
          label={t("dispute.text")}
          hint={t("dispute.hint")}
          value={text}
          error={open.isError ? errorText(open.error) : undefined}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          className="justify-self-start"
          disabled={!text.trim()}
          busy={open.isPending}
        >
          {t("dispute.send")}
        </Button>
      </form>
    </Panel>
  );
}
