import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Notice } from "@/components/ui/states";

import { usePart } from "../../hooks/use-draft";
import { Place } from "../fields/Place";

/** A campaign takes one licence: what is shown is what one agrees to. */
export function LicenseField({ wanted }: { wanted: string }) {
  const { t } = useTranslation("contribute");
  const { value, set } = usePart("rights");
  const fits = value.license === wanted;
  return (
    <Place path="rights.license" className="grid gap-1.5">
      <span className="text-sm font-medium">{t("rights.license")}</span>
      <div className="flex flex-wrap items-center gap-3 rounded-md border border-line bg-ground px-4 py-3">
        <span className="figures text-base">{value.license ?? "–"}</span>
        <span className="text-sm text-muted">{t("rights.license_hint")}</span>
      </div>
      {!fits && (
        <Notice tone="warn">
          <div className="flex flex-wrap items-center justify-between gap-3">
            {t("rights.license_other", { wanted })}
            <Button size="sm" onClick={() => set({ license: wanted })}>
              {t("rights.license_take", { wanted })}
            </Button>
          </div>
        </Notice>
      )}
    </Place>
  );
}
