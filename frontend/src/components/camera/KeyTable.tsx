import { useVirtualizer } from "@tanstack/react-virtual";
import { Plus } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import { COLUMNS, KeyRow } from "./KeyRow";
import type { Editor } from "./useEditor";

const ROW = 44;

/** Every figure of every key frame. Only the rows in sight exist: a path may have thousands. */
export function KeyTable({ editor, readOnly }: { editor: Editor; readOnly?: boolean }) {
  const { t } = useTranslation("camera");
  const { keys } = editor.document;
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- its functions are used here alone
  const rows = useVirtualizer({
    count: keys.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <section className="grid min-w-0 gap-2">
      <header className="flex items-center justify-between gap-3">
        <h3 className="text-sm">
          {t("keys.title")} <span className="figures text-muted">{keys.length}</span>
        </h3>
        {!readOnly && (
          <Button size="sm" icon={<Plus className="size-4" />} onClick={editor.addHere}>
            {t("keys.add")}
          </Button>
        )}
      </header>
      <div
        ref={box}
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={t("keys.title")}
        className="relative max-h-80 overflow-auto rounded-md border border-line"
      >
        <div
          role="table"
          aria-label={t("keys.title")}
          aria-rowcount={keys.length + 1}
          className="min-w-[60rem] text-sm"
        >
          <div role="rowgroup" className="sticky top-0 z-10 bg-surface">
            <div
              role="row"
              aria-rowindex={1}
              className={`${COLUMNS} border-b border-line py-2 text-xs text-muted`}
            >
              {["time", "x", "y", "z", "aim", "a", "b", "c", "roll", "focal", "easing", "actions"].map(
                (column) => (
                  <span role="columnheader" key={column} className="px-1">
                    <span className={column === "actions" ? "sr-only" : ""}>{t(`keys.${column}`)}</span>
                  </span>
                ),
              )}
            </div>
          </div>
          <div role="rowgroup" className="relative" style={{ height: rows.getTotalSize() }}>
            {rows.getVirtualItems().map(({ index, start }) => (
              <KeyRow
                key={keys[index]!.id}
                {...{ editor, index, readOnly }}
                item={keys[index]!}
                style={{ position: "absolute", insetInline: 0, top: start, height: ROW }}
              />
            ))}
          </div>
        </div>
      </div>
    </section>
  );
}
