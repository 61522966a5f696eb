import { type FormEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { TextArea } from "@/components/ui/Input";
import { errorText } from "@/lib/errors";

type Props = {
  title: string;
  /** What will happen, and whether it can be undone. */
  description: string;
  action: string;
  danger?: boolean;
  label?: string;
  hint?: string;
  maxLength?: number;
  /** What it is about, shown above the reason. */
  children?: ReactNode;
  asked: { isPending: boolean; isError: boolean; error: unknown };
  onReason: (reason: string) => void;
  onClose: () => void;
};

/** Asks why before something is done that others will read about. */
export function ReasonDialog(props: Props) {
  const { title, description, action, danger = false, hint, maxLength = 500, children, asked } = props;
  const { t } = useTranslation("operator");
  const [reason, setReason] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    props.onReason(reason);
  };
  return (
    <Dialog open onOpenChange={props.onClose} title={title} description={description}>
      <form onSubmit={submit} className="grid gap-4 pt-2" noValidate>
        {children}
        <TextArea
          label={props.label ?? t("people.reason")}
          hint={hint}
          rows={2}
          maxLength={maxLength}
          value={reason}
          error={asked.isError ? errorText(asked.error) : undefined}
          onChange={(event) => setReason(event.target.value)}
        />
        <Button
          type="submit"
          look={danger ? "danger" : "primary"}
          className="justify-self-end"
          disabled={!reason.trim()}
          busy={asked.isPending}
        >
          {action}
        </Button>
      </form>
    </Dialog>
  );
}
