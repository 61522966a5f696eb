import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

const VIEWS = { all: undefined, top: [0, 1, 0.001], front: [0, 0.05, 1], side: [1, 0.05, 0] } as const;
type Name = keyof typeof VIEWS;

/** The outside view without a pointer: from above, from the south, from the east, or everything from here. */
export function OutsideViews({ onView }: { onView: (from?: readonly [number, number, number]) => void }) {
  const { t } = useTranslation("camera");
  return (
    <div role="group" aria-label={t("view.label")} className="flex flex-wrap gap-1">
      {(Object.keys(VIEWS) as Name[]).map((name) => (
        <Button key={name} look="quiet" size="sm" onClick={() => onView(VIEWS[name])}>
          {t(`view.${name}`)}
        </Button>
      ))}
    </div>
  );
}
