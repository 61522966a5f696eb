import { useTranslation } from "react-i18next";

import { Dialog } from "@/components/ui/Dialog";
import { Kbd } from "@/components/ui/figures";

const SHEET: Record<string, [string, string][]> = {
  play: [
    ["Space", "toggle"],
    ["J", "back"],
    ["K", "pause"],
    ["L", "forward"],
    [",", "frame_back"],
    [".", "frame_on"],
    ["I", "mark_in"],
    ["O", "mark_out"],
    ["Home", "start"],
    ["M", "mute"],
  ],
  judge: [
    ["A", "approve"],
    ["C", "request_changes"],
    ["R", "reject"],
    ["1 … 0", "reasons"],
    ["⇧ 1 … 7", "more_reasons"],
    ["N", "note"],
    ["Ctrl ↵", "cast"],
    ["S", "skip"],
    ["?", "sheet"],
  ],
};

export function KeySheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { t } = useTranslation("review");
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t("keys.title")}>
      <div className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        {Object.entries(SHEET).map(([part, keys]) => (
          <section key={part} className="grid content-start gap-2">
            <h3 className="text-xs font-medium text-muted">{t(`keys.${part}`)}</h3>
            <dl className="grid gap-1.5 text-sm">
              {keys.map(([key, does]) => (
                <div key={key} className="flex items-center justify-between gap-4">
                  <dt className="order-2">
                    <Kbd>{key}</Kbd>
                  </dt>
                  <dd>{t(`keys.does.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
