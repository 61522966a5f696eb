import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Ago } from "@/components/ui/figures";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import { useWhereabouts } from "../api/get-whereabouts";

/** Where the data went: versions by name and number, and how many exports carry it. */
export function Whereabouts({ submissionId }: { submissionId: string }) {
  const { t } = useTranslation("work");
  const found = useWhereabouts(submissionId);
  if (found.isPending) return <LoadingRows rows={2} />;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data.versions.length === 0) return <Empty title={t("where.none")}>{t("where.none_text")}</Empty>;
  return (
    <ul className="divide-y divide-line">
      {found.data.versions.map((version) => (
        <li
          key={`${version.version} ${version.revision_number}`}
          className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3 text-sm"
        >
          <span>
            <bdi className="font-medium">{version.dataset}</bdi>{" "}
            {t("where.version", { number: version.number })}
            <span className="text-muted"> · {t("revision", { number: version.revision_number })}</span>
          </span>
          <span className="flex items-center gap-3 text-muted">
            <Badge>{t(`where.split.${version.split}`, { defaultValue: version.split })}</Badge>
            {t("where.exports", { count: version.exports.length })}
            {version.frozen_at && <Ago at={version.frozen_at} />}
          </span>
        </li>
      ))}
    </ul>
  );
}
