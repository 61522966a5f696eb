import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { TextInput } from "@/components/ui/Input";
import { api, body } from "@/lib/api";
import { errorText } from "@/lib/errors";
import type { RecordParts } from "@/lib/record";

import { changeSun, type LightEditing } from "./editing";
import { Figure } from "./Figure";

/** The sun's angles, or a place and a time from which the platform computes them; neither is kept. */
export function SunPanel({ editor, sun }: { editor: LightEditing; sun: RecordParts["Sun"] }) {
  const { t } = useTranslation("light");
  const { edit, history } = editor;
  const [place, setPlace] = useState({ latitude: "", longitude: "", at: "" });
  const find = useMutation({
    mutationFn: () =>
      body(
        api.POST("/api/v1/lighting/sun", {
          body: {
            latitude_deg: Number(place.latitude),
            longitude_deg: Number(place.longitude),
            at: new Date(place.at).toISOString(),
          },
        }),
      ),
    onSuccess: ({ azimuth_deg, elevation_deg }) =>
      edit(changeSun({ azimuth_deg: azimuth_deg % 360, elevation_deg })),
  });
  const put = (part: Partial<RecordParts["Sun"]>) => edit(changeSun({ ...sun, ...part }), "sun");
  const type = (field: keyof typeof place) => ({
    value: place[field],
    dir: "ltr" as const,
    onChange: (event: React.ChangeEvent<HTMLInputElement>) =>
      setPlace({ ...place, [field]: event.target.value }),
  });
  return (
    <section className="grid gap-3 rounded-md border border-line p-4">
      <h3 className="text-sm">{t("sun.title")}</h3>
      <div className="grid grid-cols-2 gap-2">
        <Figure
          label={t("azimuth")}
          value={sun.azimuth_deg}
          step={5}
          onSettled={history.seal}
          onChange={(v) => put({ azimuth_deg: ((v % 360) + 360) % 360 })}
        />
        <Figure
          label={t("elevation")}
          value={sun.elevation_deg}
          min={-90}
          max={90}
          step={2}
          onSettled={history.seal}
          onChange={(elevation_deg) => put({ elevation_deg })}
        />
      </div>
      <details>
        <summary className="text-sm">{t("sun.from_place")}</summary>
        <form
          className="grid gap-3 pt-3"
          onSubmit={(event) => {
            event.preventDefault();
            event.stopPropagation();
            find.mutate();
          }}
        >
          <div className="grid grid-cols-2 gap-2">
            <TextInput label={t("sun.latitude")} inputMode="decimal" required {...type("latitude")} />
            <TextInput label={t("sun.longitude")} inputMode="decimal" required {...type("longitude")} />
          </div>
          <TextInput
            label={t("sun.at")}
            type="datetime-local"
            required
            {...type("at")}
            hint={t("sun.at_hint")}
            error={find.isError ? errorText(find.error) : undefined}
          />
          <Button type="submit" busy={find.isPending}>
            {t("sun.find")}
          </Button>
        </form>
      </details>
    </section>
  );
}
