import { Play, Square } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { toastError } from "@/components/ui/Toasts";

import type { Run } from "../api/list-runs";
import { useCancelRun, useResumeRun } from "../api/read-run";
import { isLive, mayResume } from "../model/run";

export function RunActions({ run }: { run: Run }) {
  const { t } = useTranslation("training");
  const cancel = useCancelRun(run.id);
  const resume = useResumeRun(run.id);
  if (mayResume(run))
    return (
      <Button
        look="primary"
        icon={<Play className="size-4 rtl:-scale-x-100" />}
        busy={resume.isPending}
        onClick={() => resume.mutate(undefined, { onError: toastError })}
      >
        {t("run.resume")}
      </Button>
    );
  if (!isLive(run) || run.stop_requested) return null;
  return (
    <Confirm
      title={t("run.cancel_title")}
      action={t("run.cancel")}
      onConfirm={() => cancel.mutate(undefined, { onError: toastError })}
      trigger={
        <Button look="danger" icon={<Square className="size-4" />} busy={cancel.isPending}>
          {t("run.cancel")}
        </Button>
      }
    >
      {t("run.cancel_text")}
    </Confirm>
  );
}
