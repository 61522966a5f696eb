import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Coffee } from "lucide-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, type LoaderFunctionArgs, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { toastError } from "@/components/ui/Toasts";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { queryClient } from "@/lib/query";
import { hasRole, meQuery } from "@/lib/session";

import type { Cast } from "./api/cast-vote";
import {
  forgetPassedOver,
  heldQuery,
  passedOver,
  passOver,
  takeNext,
  type ToJudge,
  type Wanted,
} from "./api/take-review";
import { AfterVote } from "./components/AfterVote";
import { Desk } from "./components/Desk";
import { useAhead } from "./hooks/use-ahead";
import { LINKS_LAST_MS } from "./model/links";

/** Asks for the review while its page is drawn; only for who may judge, for asking takes it. */
export function loader({ request }: LoaderFunctionArgs): null {
  const held = heldQuery(wantedIn(new URL(request.url).searchParams));
  void queryClient
    .fetchQuery(meQuery)
    .then((me) => (hasRole(me, "reviewer") ? queryClient.prefetchQuery(held) : undefined))
    .catch(() => undefined); // the page itself says so
  return null;
}

function wantedIn(query: URLSearchParams): Wanted {
  return { campaign: query.get("campaign"), batch: query.get("batch") };
}

export function Component() {
  const { t } = useTranslation("review");
  const [query] = useSearchParams();
  const wanted = wantedIn(query);
  const held = heldQuery(wanted);
  const review = useQuery(held);
  const client = useQueryClient();
  const [told, setTold] = useState<Cast | null>(null);
  const show = (found: ToJudge | null, updatedAt?: number) =>
    client.setQueryData(held.queryKey, found, { updatedAt });
  const next = useMutation({
    mutationFn: () => takeNext(wanted),
    onSuccess: (found) => show(found),
    onError: toastError,
  });
  // The shown one is begun on the server too: its links stay as they are, for they are loaded.
  const begin = useMutation({
    mutationFn: () => takeNext(wanted),
    onSuccess: (found) => {
      const shown = client.getQueryState(held.queryKey);
      if (!found || found.id !== shown?.data?.id) show(found);
      else show({ ...shown.data, leased_until: found.leased_until }, shown.dataUpdatedAt);
    },
  });
  const takeAhead = useAhead(wanted, review.data?.id, !begin.isPending && !next.isPending);
  const goOn = () => {
    const ahead = takeAhead();
    if (!ahead) return next.mutate();
    show(ahead.review, ahead.updatedAt);
    begin.mutate();
  };
  useEffect(() => {
    document.title = `${t("desk.label")} · OpenSlate`;
  }, [t]);

  const afterCast = (cast: Cast) => {
    setTold(cast);
    goOn();
    void client.invalidateQueries({ queryKey: ["reviews", "judged"] });
  };
  const afterSkip = ({ submission }: ToJudge) => {
    passOver(submission);
    goOn();
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
          onAgain={(again) => show(again)}
          onNext={goOn}
          // A file that fails sooner than its link fails for another reason.
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
