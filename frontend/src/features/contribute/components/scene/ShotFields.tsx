import { useTranslation } from "react-i18next";

import type { Part } from "../../draft/record";
import { usePart } from "../../hooks/use-draft";
import { Chips } from "../fields/Chips";
import { Group } from "../fields/Place";

type Shot = NonNullable<Part<"scene">["shot"]>;
const SINGLE = [
  ["size", "shot_size"],
  ["angle", "camera_angle"],
  ["framing", "framing"],
  ["lens", "lens_look"],
] as const;

/** How the shot is framed, in the words of the vocabularies. */
export function ShotFields() {
  const { t } = useTranslation("contribute");
  const { value: scene, set } = usePart("scene");
  const shot: Shot = scene.shot ?? {};
  return (
    <Group title={t("scene.shot")} lead={t("scene.shot_lead")}>
      {SINGLE.map(([name, vocabulary]) => (
        <Chips
          key={name}
          path={`scene.shot.${name}`}
          label={t(`scene.${name}`)}
          vocabulary={vocabulary}
          values={shot[name] ? [shot[name]] : []}
          onChange={([chosen]) => set({ shot: { ...shot, [name]: chosen } })}
        />
      ))}
      <Chips
        path="scene.shot.composition"
        label={t("scene.composition")}
        vocabulary="composition"
        multiple
        values={shot.composition ?? []}
        onChange={(composition) =>
          set({ shot: { ...shot, composition: composition as Shot["composition"] } })
        }
      />
    </Group>
  );
}
