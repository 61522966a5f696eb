import { useTranslation } from "react-i18next";

import { Segmented } from "@/components/ui/Segmented";
import { Select } from "@/components/ui/Select";

import { wordCount } from "../../draft/words";
import { usePart } from "../../hooks/use-draft";
import { Chips } from "../fields/Chips";
import { Group } from "../fields/Place";
import { Tags } from "../fields/Tags";
import { TextField } from "../fields/TextField";
import { ActionsEditor } from "./ActionsEditor";
import { ShotFields } from "./ShotFields";
import { SubjectsEditor } from "./SubjectsEditor";
import { TimelineFields } from "./TimelineFields";

const LANGUAGES = ["en", "ar", "de", "es", "fr", "hi", "id", "ja", "pt", "ru", "tr", "ur", "zh"];
const SHORT_WORDS = 60;
const LONG_WORDS = "80–250";

export function SceneStep() {
  const { t, i18n } = useTranslation("contribute");
  const { value: scene, set } = usePart("scene");
  const names = new Intl.DisplayNames(i18n.language, { type: "language" });
  const setting = scene.setting ?? {};
  const setSetting = (fields: Partial<typeof setting>) => set({ setting: { ...setting, ...fields } });
  const interior =
    setting.interior === undefined || setting.interior === null ? "unsaid" : String(setting.interior);
  return (
    <div className="grid gap-8">
      <Group title={t("scene.what")} lead={t("scene.what_lead")}>
        <TextField
          path="scene.caption_short"
          label={t("scene.caption_short")}
          hint={t("scene.words", { count: wordCount(scene.caption_short ?? ""), most: SHORT_WORDS })}
          placeholder={t("scene.caption_short_example")}
          lang={scene.language ?? undefined}
          rows={3}
          value={scene.caption_short}
          onChange={(caption_short) => set({ caption_short })}
        />
        <div className="grid gap-4 sm:grid-cols-3">
          <Select
            label={t("scene.language")}
            value={scene.language ?? undefined}
            options={LANGUAGES.map((code) => ({ value: code, label: names.of(code) ?? code }))}
            onChange={(language) => set({ language })}
          />
          <TimelineFields />
        </div>
      </Group>
      <SubjectsEditor />
      <ActionsEditor />
      <Group title={t("scene.setting")}>
        <TextField
          path="scene.setting.place"
          label={t("scene.place")}
          value={setting.place}
          placeholder={t("scene.place_example")}
          onChange={(place) => setSetting({ place })}
        />
        <Segmented
          label={t("scene.inside")}
          value={interior}
          options={["true", "false", "unsaid"].map((value) => ({
            value,
            label: t(`scene.interior.${value}`),
          }))}
          onChange={(value) => setSetting({ interior: value === "unsaid" ? undefined : value === "true" })}
        />
        <Chips
          path="scene.setting.time_of_day"
          label={t("scene.time_of_day")}
          vocabulary="time_of_day"
          values={setting.time_of_day ? [setting.time_of_day] : []}
          onChange={([time]) => setSetting({ time_of_day: time as typeof setting.time_of_day })}
        />
        <Chips
          path="scene.setting.weather"
          label={t("scene.weather")}
          vocabulary="weather"
          values={setting.weather ? [setting.weather] : []}
          onChange={([weather]) => setSetting({ weather: weather as typeof setting.weather })}
        />
      </Group>
      <ShotFields />
      <Group title={t("scene.more")}>
        <Tags
          path="scene.style"
          label={t("scene.style")}
          hint={t("scene.style_hint")}
          most={16}
          values={scene.style ?? []}
          onChange={(style) => set({ style })}
        />
        <Tags
          path="scene.text_on_screen"
          label={t("scene.text_on_screen")}
          hint={t("scene.text_on_screen_hint")}
          most={64}
          values={scene.text_on_screen ?? []}
          onChange={(text_on_screen) => set({ text_on_screen })}
        />
        <TextField
          path="scene.caption_long"
          label={t("scene.caption_long")}
          optional={t("optional")}
          hint={t("scene.long_words", { count: wordCount(scene.caption_long ?? ""), range: LONG_WORDS })}
          lang={scene.language ?? undefined}
          rows={5}
          value={scene.caption_long}
          onChange={(caption_long) => set({ caption_long })}
        />
      </Group>
    </div>
  );
}
