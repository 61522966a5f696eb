import { Sparkles } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { CameraEditor } from "@/components/camera/CameraEditor";
import { LightEditor } from "@/components/light/LightEditor";
import { Button } from "@/components/ui/Button";
import { Switch } from "@/components/ui/Choice";
import { TextArea, TextInput } from "@/components/ui/Input";
import { Panel } from "@/components/ui/Panel";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";

import { useRequestGeneration } from "../api/request-generation";
import { askedFor, BLANK, type Draft, FPS, SIZES } from "../asked";
import { Estimate } from "./Estimate";
import { FinerFields } from "./FinerFields";
import { ReferenceField } from "./ReferenceField";
import { SizeFields } from "./SizeFields";

const BASE = "slate-nano";

/** `?adapter=` chooses one: other pages link here with it. */
export function AskForm() {
  const { t } = useTranslation("generate");
  const [query] = useSearchParams();
  const [draft, setDraft] = useState<Draft>({ ...BLANK, adapter: query.get("adapter") ?? "" });
  const [withCamera, setWithCamera] = useState(false);
  const [withLight, setWithLight] = useState(false);
  const ask = useRequestGeneration();
  const go = useNavigate();
  const put = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));
  const wanted = {
    ...draft,
    camera: withCamera ? draft.camera : null,
    lighting: withLight ? draft.lighting : null,
  };
  const [width, height] = SIZES[draft.size];
  return (
    <Panel>
      <form
        className="grid gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          ask.mutate(askedFor(wanted, BASE), { onSuccess: ({ id }) => void go(`/generations/${id}`) });
        }}
      >
        <TextArea
          label={t("prompt")}
          hint={t("prompt_hint")}
          required
          maxLength={4000}
          value={draft.prompt}
          onChange={(event) => put({ prompt: event.target.value })}
        />
        <SizeFields draft={draft} put={put} />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextInput
            label={t("sound")}
            hint={t("sound_hint")}
            value={draft.sound}
            onChange={(event) => put({ sound: event.target.value })}
          />
          <ReferenceField asset={draft.reference} onChange={(reference) => put({ reference })} />
        </div>
        <FinerFields draft={draft} put={put} />
        <Switch
          label={t("with_camera")}
          hint={t("with_camera_hint")}
          checked={withCamera}
          onChange={setWithCamera}
        />
        {withCamera && (
          <section className="grid gap-4">
            <h2 className="text-sm">{t("camera")}</h2>
            <CameraEditor
              value={null}
              aspect={width / height}
              timeline={{
                duration_s: draft.durationS,
                fps: [FPS, 1],
                num_frames: Math.round(draft.durationS * FPS),
              }}
              onPath={(camera) => put({ camera })}
            />
          </section>
        )}
        <Switch
          label={t("with_light")}
          hint={t("with_light_hint")}
          checked={withLight}
          onChange={setWithLight}
        />
        {withLight && (
          <section className="grid gap-4">
            <h2 className="text-sm">{t("light")}</h2>
            <LightEditor value={draft.lighting} onChange={(lighting) => put({ lighting })} />
          </section>
        )}
        {ask.isError && <Notice tone="bad">{errorText(ask.error)}</Notice>}
        <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4 border-t border-line pt-5">
          <Estimate asked={askedFor(wanted, BASE)} />
          <Button
            type="submit"
            look="primary"
            size="lg"
            busy={ask.isPending}
            icon={<Sparkles className="size-5" />}
          >
            {t("ask")}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
