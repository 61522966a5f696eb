import { BadgeCheck } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Checkbox } from "@/components/ui/Choice";

import { useDraft, usePart } from "../../hooks/use-draft";
import { useAssets } from "../../api/get-assets";
import { Group, Place } from "../fields/Place";

/** Which of the files carry content credentials (C2PA), as the probe found. */
export function Credentials() {
  const { t } = useTranslation("contribute");
  const { reference_images: images, audio, video } = useDraft();
  const { value, set } = usePart("rights");
  const ids = [...(images ?? []).map(({ asset }) => asset), audio?.asset, video?.asset];
  const assets = useAssets(ids.filter((id) => typeof id === "string"));
  const found = [...assets.values()].filter(
    ({ facts }) => (facts as { content_credentials?: boolean }).content_credentials,
  );
  return (
    <Group title={t("rights.credentials")} lead={t("rights.credentials_lead")}>
      {found.length === 0 ? (
        <p className="text-sm text-muted">{t("rights.credentials_none")}</p>
      ) : (
        <ul className="grid gap-2">
          {found.map(({ id, name }) => (
            <li key={id} className="flex items-center gap-2 text-sm">
              <BadgeCheck className="size-4 text-good" aria-hidden />
              <bdi className="truncate">{name}</bdi>
            </li>
          ))}
        </ul>
      )}
      {found.length > 0 && (
        <Place path="rights.c2pa">
          <Checkbox
            label={t("rights.credentials_told")}
            checked={value.c2pa?.present ?? false}
            onChange={(present) => set({ c2pa: present ? { present } : undefined })}
          />
        </Place>
      )}
    </Group>
  );
}
