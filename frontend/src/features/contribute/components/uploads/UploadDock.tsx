import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronDown, ChevronUp } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { IconButton } from "@/components/ui/IconButton";
import { Progress } from "@/components/ui/Progress";
import { byteSize, timecode, useLocale } from "@/lib/format";

import { useAssets } from "../../api/get-assets";
import { useUploads } from "../../hooks/use-uploads";
import { totals } from "../../uploads/totals";
import { type Upload, uploader } from "../../uploads/uploader";
import { UploadRow } from "./UploadRow";

const ROW_PX = 58;

/** All uploads at the foot of the window: how far, how fast, how long still; open, each file by itself. */
export function UploadDock() {
  const { t } = useTranslation("contribute");
  const locale = useLocale();
  const { uploads, speed } = useUploads();
  const [open, setOpen] = useState(false);
  if (uploads.length === 0) return null;
  const { done, sent, size, going, paused, stuck } = totals(uploads);
  const left = speed > 0 && going ? timecode((size - sent) / speed, 0) : null;
  return (
    <section
      aria-label={t("uploads")}
      className="fixed inset-x-3 bottom-3 z-20 mx-auto max-w-2xl rounded-lg border border-line bg-raised shadow-raised sm:inset-x-auto sm:end-6 sm:w-[26rem]"
    >
      <header className="grid gap-2 px-4 py-2.5">
        <div className="flex items-center gap-2">
          <p className="min-w-0 grow truncate text-sm font-medium" role="status">
            {t("uploads_done", { done, count: uploads.length })}
          </p>
          {going > 0 && (
            <Button
              look="quiet"
              size="sm"
              onClick={() => each(uploads, ["queued", "sending", "waiting"], uploader.pause)}
            >
              {t("pause_all")}
            </Button>
          )}
          {going === 0 && paused > 0 && (
            <Button look="quiet" size="sm" onClick={() => each(uploads, ["paused"], uploader.resume)}>
              {t("resume_all")}
            </Button>
          )}
          {done === uploads.length && (
            <Button look="quiet" size="sm" onClick={() => each(uploads, ["sent"], uploader.drop)}>
              {t("clear")}
            </Button>
          )}
          <IconButton
            label={t(open ? "uploads_close" : "uploads_open")}
            icon={open ? <ChevronDown /> : <ChevronUp />}
            aria-expanded={open}
            className="!size-8"
            onClick={() => setOpen(!open)}
          />
        </div>
        {done < uploads.length && <Progress value={size ? sent / size : 0} label={t("uploads")} />}
        {going > 0 && (
          <p className="flex flex-wrap gap-x-3 text-xs text-muted">
            <span>{t("sent_of", { sent: byteSize(sent, locale), size: byteSize(size, locale) })}</span>
            {speed > 0 && <span>{t("speed", { speed: byteSize(speed, locale) })}</span>}
            {left && <span>{t("time_left", { left })}</span>}
          </p>
        )}
        {stuck > 0 && <p className="text-xs font-medium text-warn">{t("uploads_stuck", { count: stuck })}</p>}
      </header>
      {open && <Rows uploads={uploads} />}
    </section>
  );
}

function each(
  uploads: readonly Upload[],
  states: string[],
  act: (this: typeof uploader, id: string) => unknown,
): void {
  for (const { id, state } of uploads) if (states.includes(state)) void act.call(uploader, id);
}

/** Only the rows in sight are drawn: a batch may have hundreds. */
function Rows({ uploads }: { uploads: readonly Upload[] }) {
  const { t } = useTranslation("contribute");
  const scroller = useRef<HTMLDivElement>(null);
  const assets = useAssets(
    uploads.filter(({ state }) => state === "sent").map(({ assetId }) => assetId ?? ""),
  );
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualiser is read here and handed to nobody
  const rows = useVirtualizer({
    count: uploads.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => uploads[index]!.id,
    overscan: 6,
  });
  return (
    <div
      ref={scroller}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label={t("uploads")}
      className="max-h-80 overflow-y-auto border-t border-line"
    >
      <ul className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const upload = uploads[index]!;
          return (
            <li
              key={key}
              data-index={index}
              ref={rows.measureElement}
              className="absolute inset-x-0 top-0"
              style={{ transform: `translateY(${start}px)` }}
            >
              <UploadRow upload={upload} asset={assets.get(upload.assetId ?? "")} />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
