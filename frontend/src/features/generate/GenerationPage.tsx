import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { ReportButton } from "@/components/report/ReportButton";
import { Badge } from "@/components/ui/Badge";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { useChangeGeneration } from "./api/change-generation";
import { useGeneration } from "./api/get-generation";
import { isGoing } from "./api/list-generations";
import { Making } from "./components/Making";

export function Component() {
  const { t } = useTranslation("generate");
  const { generationId = "" } = useParams();
  const found = useGeneration(generationId);
  const change = useChangeGeneration(generationId);
  if (found.isPending) return <LoadingRows />;
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />;
  const generation = found.data;
  const { status, request, failure, links } = generation;
  const going = isGoing(generation);
  const actions = (
    <>
      <ReportButton subject={{ kind: "generation", id: generationId }} />
      {going && (
        <Confirm
          trigger={<Button disabled={generation.stop_requested}>{t("cancel.action")}</Button>}
          title={t("cancel.title")}
          action={t("cancel.action")}
          onConfirm={() => change.mutate("cancel")}
        >
          {t("cancel.text")}
        </Confirm>
      )}
      {status === "failed" && (
        <Button busy={change.isPending} onClick={() => change.mutate("retry")}>
          {t("retry")}
        </Button>
      )}
    </>
  );
  return (
    <Page
      title={String(request.caption ?? t("clip"))}
      eyebrow={<Link to="/generate">{t("title")}</Link>}
      actions={actions}
    >
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_22rem]">
        <div className="grid gap-4">
          <Badge
            tone={going ? "live" : status === "delivered" ? "good" : status === "failed" ? "bad" : "neutral"}
          >
            {t(`status.${status}`)}
          </Badge>
          {links.clip && (
            // eslint-disable-next-line jsx-a11y/media-has-caption -- nobody speaks in it; the title says what is seen and heard
            <video
              src={links.clip}
              poster={links.poster ?? undefined}
              aria-label={t("clip")}
              controls
              loop
              playsInline
              className="w-full rounded-lg bg-sunken"
            />
          )}
          {status === "failed" && <Notice tone="bad">{String(failure.message ?? t("status.failed"))}</Notice>}
          {change.isError && <Notice tone="bad">{errorText(change.error)}</Notice>}
        </div>
        <Making generation={generation} />
      </div>
    </Page>
  );
}
