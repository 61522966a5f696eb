import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Badge } from "@/components/ui/Badge";
import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";

import { useVersion } from "./api/read-version";
import { Contents } from "./components/Contents";
import { Difference } from "./components/Difference";
import { Exports } from "./components/Exports";
import { BUILD_TONES, failureText } from "./model/build";

export function Component() {
  const { t } = useTranslation("explore");
  const { id = "" } = useParams();
  const version = useVersion(id);
  if (version.isPending) return <LoadingRows />;
  if (version.isError) return <Failed error={version.error} onRetry={() => void version.refetch()} />;
  const { data } = version;
  const status = data.status ?? "building";
  return (
    <Page
      title={t("version.name", { number: data.number })}
      eyebrow={
        <Link to="/explore/datasets" className="underline-offset-4 hover:underline">
          {t("datasets.title")}
        </Link>
      }
      lead={<Badge tone={BUILD_TONES[status]}>{t(`build.${status}`)}</Badge>}
    >
      <div className="grid gap-6">
        {status === "failed" && <Notice tone="bad">{failureText(data)}</Notice>}
        {status === "building" && <Notice>{t("version.building")}</Notice>}
        {data.withdrawn > 0 && (
          <Notice tone="warn">{t("version.withdrawn", { count: data.withdrawn })}</Notice>
        )}
        <Contents version={data} />
        {status === "ready" && <Exports version={data} />}
        {status === "ready" && <Difference version={data} />}
      </div>
    </Page>
  );
}
