import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Select } from "@/components/ui/Select";
import { useState } from "react";

import { useSpareImages } from "../../api/list-spare-images";
import { Group } from "../fields/Place";

type Props = { used: string[]; room: number; onUse: (assetId: string) => void };

/** Pictures of one's own that are here already and not in this contribution: a batch may bring more than one holds. */
export function SpareImages({ used, room, onUse }: Props) {
  const { t } = useTranslation("contribute");
  const { data } = useSpareImages();
  const [chosen, setChosen] = useState<string>();
  const spare = (data ?? []).filter(({ id }) => !used.includes(id));
  if (spare.length === 0) return null;
  const use = () => {
    if (chosen) onUse(chosen);
    setChosen(undefined);
  };
  return (
    <Group title={t("images.spare")} lead={t("images.spare_lead", { count: spare.length })}>
      <div className="flex flex-wrap items-end gap-3">
        <Select
          label={t("images.spare_choose")}
          value={chosen}
          options={spare.map(({ id, name }) => ({ value: id, label: name }))}
          placeholder={t("images.spare_choose")}
          onChange={setChosen}
          className="w-72 max-w-full"
        />
        <Button icon={<Plus className="size-4" aria-hidden />} disabled={!chosen || room < 1} onClick={use}>
          {t("images.use")}
        </Button>
      </div>
      {room < 1 && <p className="text-sm text-muted">{t("images.full")}</p>}
    </Group>
  );
}
