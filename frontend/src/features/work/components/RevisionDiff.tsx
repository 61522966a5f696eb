import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { Select } from "@/components/ui/Select";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { recordDiff } from "@/lib/record-diff";

import { type Revision, useRevisions } from "../api/list-revisions";
import { Changes } from "./Changes";

/** What the newer of two revisions changed in the record. */
export function RevisionDiff({ submissionId, newest }: { submissionId: string; newest: string }) {
  const { t } = useTranslation("work");
  const revisions = useRevisions(submissionId, newest);
  if (revisions.isPending) return <LoadingRows rows={3} />;
  if (revisions.isError) return <Failed error={revisions.error} onRetry={() => void revisions.refetch()} />;
  if (revisions.data.length < 2) return <Empty title={t("diff.one")}>{t("diff.one_text")}</Empty>;
  return <Compared revisions={revisions.data} />;
}

function Compared({ revisions }: { revisions: Revision[] }) {
  const { t } = useTranslation("work");
  const [newer, setNewer] = useState(revisions[0]!.id);
  const place = revisions.findIndex((revision) => revision.id === newer);
  const [after, before] = [revisions[place], revisions[place + 1]];
  const changes = useMemo(() => recordDiff(before?.record, after?.record), [before, after]);
  return (
    <div className="grid gap-4 p-5">
      <Select
        label={t("diff.which")}
        className="max-w-64"
        value={newer}
        options={revisions.slice(0, -1).map((revision) => ({
          value: revision.id,
          label: t("diff.step", { from: revision.number - 1, to: revision.number }),
        }))}
        onChange={setNewer}
      />
      <Changes changes={changes} />
    </div>
  );
}
