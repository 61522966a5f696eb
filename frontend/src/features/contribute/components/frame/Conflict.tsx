import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";

import { useDraftState, useKeeper } from "../../hooks/use-draft";

/** Another window stored another draft: nothing is overwritten before the person says which one stays. */
export function Conflict() {
  const { t } = useTranslation("contribute");
  const { state } = useDraftState();
  const keeper = useKeeper();
  const [busy, setBusy] = useState(false);
  if (state !== "conflict") return null;
  const settle = (choice: "mine" | "theirs") => {
    setBusy(true);
    void keeper
      .settle(choice)
      .catch(toastError)
      .finally(() => setBusy(false));
  };
  return (
    <Notice tone="warn">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p>{t("conflict.text")}</p>
        <div className="flex flex-wrap gap-2">
          <Button size="sm" disabled={busy} onClick={() => settle("theirs")}>
            {t("conflict.theirs")}
          </Button>
          <Button size="sm" disabled={busy} onClick={() => settle("mine")}>
            {t("conflict.mine")}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
