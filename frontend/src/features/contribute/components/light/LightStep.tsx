import { Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";

import { LightEditor } from "@/components/light/LightEditor";
import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import type { Lighting } from "@/lib/record";

import type { Part } from "../../draft/record";
import { usePart } from "../../hooks/use-draft";
import { Place } from "../fields/Place";

/** The light of the scene: sun, lamps, a map, or what was measured of them. */
export function LightStep() {
  const { t } = useTranslation("contribute");
  const { value, exists, change, remove } = usePart("lighting");
  return (
    <Place path="lighting" className="grid gap-4">
      <LightEditor
        value={exists ? (value as Lighting) : null}
        onChange={(lighting) => change("light", () => lighting as Part<"lighting">)}
      />
      {exists && (
        <Confirm
          trigger={
            <Button look="quiet" className="w-fit" icon={<Trash2 className="size-4" aria-hidden />}>
              {t("light.remove")}
            </Button>
          }
          title={t("light.remove_title")}
          action={t("light.remove")}
          onConfirm={remove}
        >
          <p>{t("light.remove_text")}</p>
        </Confirm>
      )}
    </Place>
  );
}
