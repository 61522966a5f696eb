import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Dialog } from "@/components/ui/Dialog";
import { Panel } from "@/components/ui/Panel";

import type { Shown } from "../model/media";
import { type JudgedRecord, words } from "../model/record";

type Props = {
  images: NonNullable<JudgedRecord["reference_images"]>;
  at: (path: string) => Shown | undefined;
};

export function References({ images, at }: Props) {
  const { t } = useTranslation("review");
  const [open, setOpen] = useState<number | null>(null);
  const shown = images.map((image, index) => ({ ...image, file: at(`reference_images[${index}].asset`) }));
  const large = open === null ? undefined : shown[open];
  return (
    <Panel title={t("references.title", { count: images.length })}>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(7.5rem,1fr))] gap-3">
        {shown.map(({ role, subject, file }, index) => (
          <li key={index} className="grid gap-1">
            <button
              type="button"
              onClick={() => setOpen(index)}
              className="aspect-square overflow-hidden rounded-md bg-sunken"
            >
              {file?.file("thumbnail") ? (
                <img
                  src={file.file("thumbnail")?.url}
                  alt={t("references.alt", { number: index + 1, role: words(role) })}
                  className="size-full object-cover"
                />
              ) : (
                <span className="text-xs text-muted">{t("references.unseen")}</span>
              )}
            </button>
            <p className="truncate text-xs">
              {words(role)} {subject && <span className="text-muted">· {subject}</span>}
            </p>
          </li>
        ))}
      </ul>
      <Dialog
        wide
        open={large !== undefined}
        onOpenChange={() => setOpen(null)}
        title={large ? words(large.role) : ""}
      >
        <img src={large?.file?.file("preview")?.url} alt="" className="mx-auto max-h-[70dvh] rounded-md" />
      </Dialog>
    </Panel>
  );
}
