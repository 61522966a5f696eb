import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Coffee } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { toastError } from "@/components/ui/Toasts";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";

import type { Cast } from "./api/cast-vote";
import { forgetPassedOver, heldQuery, passedOver, passOver, takeNext, type ToJudge } from "./api/take-review";
import { AfterVote } from "./components/AfterVote";
import { Desk } from "./components/Desk";

/** Links to files are good for five minutes; a file that fails sooner fails for another reason. */
const LINKS_LAST_MS = 240_000;

export function Component() {
  const { t } = useTranslation("review");
  const [query] = useSearchParams();
  const wanted = { campaign: query.get("campaign"), batch: query.get("batch") };
  const held = heldQuery(wanted);
  const review = useQuery(held);
  const client = useQueryClient();
  const [told, setTold] = useState<Cast | null>(null);
  const show = (found: ToJudge | null) => client.setQueryData(held.queryKey, found);
  const next = useMutation({ mutationFn: () => takeNext(wanted), onSuccess: show, onError: toastError });
  useEffect(() => {
    document.title = `${t("desk.label")} · OpenSlate`;
  }, [t]);

  const afterCast = (cast: Cast) => {
    setTold(cast);
    next.mutate();
    void client.invalidateQueries({ queryKey: ["reviews", "judged"] });
  };
  const afterSkip = ({ submission }: ToJudge) => {
    passOver(submission);
    next.mutate();
  };
  if (review.isPending) return <LoadingRows rows={8} />;
  if (review.isError) return <Failed error={review.error} onRetry={() => void review.refetch()} />;
  return (
    <>
      <AfterVote cast={told} onClose={() => setTold(null)} />
      {review.data ? (
        <Desk
          key={review.data.id}
          review={review.data}
          busy={next.isPending}
          onCast={afterCast}
          onSkip={afterSkip}
          onAgain={show}
          onNext={() => next.mutate()}
          onStale={() => Date.now() - review.dataUpdatedAt > LINKS_LAST_MS && void review.refetch()}
        />
      ) : (
        <NothingWaits onLook={() => next.mutate()} />
      )}
    </>
  );
}

function NothingWaits({ onLook }: { onLook: () => void }) {
  const { t } = useTranslation("review");
  const skipped = passedOver().length;
  const again = () => {
    forgetPassedOver();
    onLook();
  };
  return (
    <div className="mx-auto max-w-3xl pt-12">
      <h1 className="sr-only">{t("desk.label")}</h1>
      <Empty
        icon={<Coffee />}
        title={t("nothing.title")}
        action={
          <div className="flex flex-wrap justify-center gap-2">
            {skipped > 0 && <Button onClick={again}>{t("nothing.skipped", { count: skipped })}</Button>}
            <Button asChild>
              <Link to="/review">{t("desk.back")}</Link>
            </Button>
          </div>
        }
      >
        {t("nothing.text")}
      </Empty>
    </div>
  );
}
