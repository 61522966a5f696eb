import { Lightbulb } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Menu, MenuItem } from "@/components/ui/Menu";
import { type Preset, PRESETS } from "@/lib/light/lamps";

import { type LightEditing, presetOf } from "./editing";

export function PresetMenu({ editor }: { editor: LightEditing }) {
  const { t } = useTranslation("light");
  return (
    <Menu
      label={t("preset.title")}
      trigger={
        <Button size="sm" icon={<Lightbulb className="size-4" />}>
          {t("preset.title")}
        </Button>
      }
    >
      {(Object.keys(PRESETS) as Preset[]).map((preset) => (
        <MenuItem
          key={preset}
          onSelect={() => {
            editor.edit(presetOf(preset));
            editor.choose(PRESETS[preset]().lights?.length ? 0 : "sun");
          }}
        >
          {t(`preset.${preset}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
