import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea } from "@/components/ui/Input";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { toast } from "@/components/ui/Toasts";
import { api, body, type Schemas } from "@/lib/api";
import { errorText } from "@/lib/errors";

import type { Reported } from "./ReportButton";

type Reason = Schemas["ReportReason"];
const REASONS: Reason[] = ["unsafe", "privacy", "rights", "illegal", "harassment", "spam", "other"];

export function ReportDialog({ subject, onClose }: { subject: Reported; onClose: () => void }) {
  const { t } = useTranslation("report");
  const [reason, setReason] = useState<Reason>();
  const [text, setText] = useState("");
  const send = useMutation({
    mutationFn: (why: Reason) => {
      const report = { subject_kind: subject.kind, subject: subject.id, reason: why, text, evidence: "" };
      return body(api.POST("/api/v1/reports", { body: report }));
    },
    onSuccess: () => {
      toast(t("sent"));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason) send.mutate(reason);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("title", { what: t(`subject.${subject.kind}`) })}
      description={t("text")}
    >
      <form onSubmit={submit} className="grid gap-4">
        <Select
          label={t("reason.label")}
          placeholder={t("reason.choose")}
          value={reason}
          onChange={setReason}
          options={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
        />
        <TextArea
          label={t("what")}
          hint={t("what_hint")}
          required
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        {send.isError && <Notice tone="bad">{errorText(send.error)}</Notice>}
        <Button type="submit" look="primary" busy={send.isPending} disabled={!reason || !text.trim()}>
          {t("send")}
        </Button>
      </form>
    </Dialog>
  );
}
