import { useState } from "react";
import { useTranslation } from "react-i18next";

import { LoadMore } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { type RunSample, useRunSamples } from "../api/list-samples";
import { type Strip, stripsOf } from "../model/samples";
import { SampleDialog } from "./SampleDialog";

type Props = { run: string; live: boolean; title?: string };

/** The same held-out shots at every save, side by side: what the run has learnt, to be seen. */
export function Samples({ run, live, title }: Props) {
  const { t } = useTranslation("training");
  const pages = useRunSamples(run, live);
  const [open, setOpen] = useState<{ index: number; at: number } | null>(null);
  const strips = stripsOf(flatten(pages.data));
  const strip = strips.find(({ index }) => index === open?.index);
  return (
    <Panel title={title ?? t("samples.title")} flush>
      {pages.isPending && <LoadingRows rows={2} />}
      {pages.isError && <Failed error={pages.error} onRetry={() => void pages.refetch()} />}
      {pages.isSuccess && strips.length === 0 && (
        <Empty title={t("samples.none")}>{t("samples.none_text")}</Empty>
      )}
      {strips.map((one) => (
        <StripRow key={one.index} strip={one} onOpen={(at) => setOpen({ index: one.index, at })} />
      ))}
      <LoadMore pages={pages} />
      {strip && open && (
        <SampleDialog
          strip={strip}
          at={Math.min(open.at, strip.samples.length - 1)}
          onChange={(at) => setOpen(at === null ? null : { index: strip.index, at })}
        />
      )}
    </Panel>
  );
}

function StripRow({ strip, onOpen }: { strip: Strip; onOpen: (at: number) => void }) {
  return (
    <section className="grid gap-3 border-b border-line px-5 py-4 last:border-0">
      <h3 className="text-sm font-normal text-muted" dir="auto">
        {strip.caption}
      </h3>
      <ol className="relative -mx-1 flex gap-3 overflow-x-auto p-1 pb-2" dir="ltr">
        {strip.samples.map((sample, at) => (
          <li key={sample.id} className="shrink-0">
            <Thumb sample={sample} caption={strip.caption} onOpen={() => onOpen(at)} />
          </li>
        ))}
      </ol>
    </section>
  );
}

type ThumbProps = { sample: RunSample; caption: string; onOpen: () => void };

function Thumb({ sample, caption, onOpen }: ThumbProps) {
  const { t } = useTranslation("training");
  const [pointed, setPointed] = useState(false);
  return (
    <button
      type="button"
      aria-label={t("samples.open", { step: sample.step, caption })}
      onPointerEnter={(event) => setPointed(event.pointerType === "mouse")}
      onPointerLeave={() => setPointed(false)}
      onClick={onOpen}
      className="grid w-40 gap-1.5 rounded-md text-start"
    >
      <span className="relative block aspect-[4/3] overflow-hidden rounded-md bg-sunken">
        <img src={sample.poster} alt="" className="size-full object-cover" />
        {pointed && (
          <video
            src={sample.clip}
            autoPlay
            muted
            loop
            playsInline
            aria-hidden
            className="absolute inset-0 size-full object-cover"
          />
        )}
      </span>
      <span className="text-xs text-muted" dir="auto">
        {t("samples.step", { step: sample.step })}
      </span>
    </button>
  );
}
