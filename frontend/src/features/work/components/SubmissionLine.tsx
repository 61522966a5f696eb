import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Ago } from "@/components/ui/figures";

import type { Submission } from "../api/list-submissions";
import { SubmissionBadge } from "./SubmissionBadge";

/** A draft goes on in the studio; what was submitted has a page. */
export function SubmissionLine({ submission }: { submission: Submission }) {
  const { t } = useTranslation(["work", "gates"]);
  const draft = submission.status === "draft";
  const parts = (submission.modalities ?? []).map((modality) => t(`gates:modality.${modality}`));
  return (
    <article className="relative grid gap-x-6 gap-y-2 px-5 py-4 transition hover:bg-sunken/60 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-center">
      <div className="grid min-w-0 gap-1">
        <h2 className="text-base font-medium" dir="auto">
          <Link
            to={draft ? `/contribute/${submission.id}` : `/work/${submission.id}`}
            className="line-clamp-2 after:absolute after:inset-0"
          >
            {submission.caption || t("untitled")}
          </Link>
        </h2>
        <p className="text-xs text-muted">
          {[...parts, submission.revision_number && t("revision", { number: submission.revision_number })]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <div className="flex items-center gap-4 sm:justify-end">
        <SubmissionBadge status={submission.status} />
        <span className="text-xs text-muted sm:w-32 sm:text-end">
          <Ago at={submission.updated_at} />
        </span>
      </div>
    </article>
  );
}
