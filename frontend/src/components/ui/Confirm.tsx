import { AlertDialog } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "./Button";

type Props = {
  trigger: ReactNode;
  title: string;
  /** What will happen and whether it can be undone. */
  children: ReactNode;
  action: string;
  danger?: boolean;
  onConfirm: () => void;
};

/** Asks before what cannot be undone; the focus rests on the way back. */
export function Confirm({ trigger, title, children, action, danger = true, onConfirm }: Props) {
  const { t } = useTranslation();
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="fixed inset-0 z-40 animate-fade bg-black/55" />
        <AlertDialog.Content className="fixed inset-x-3 top-1/2 z-50 mx-auto grid max-w-md -translate-y-1/2 animate-fade gap-4 rounded-xl border border-line bg-raised p-6 shadow-raised">
          <AlertDialog.Title className="text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="grid gap-2 text-sm text-muted">{children}</div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button look="quiet">{t("cancel")}</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button look={danger ? "danger" : "primary"} onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
