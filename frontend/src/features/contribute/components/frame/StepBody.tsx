import { ArrowLeft, ArrowRight } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";

import type { Campaign } from "../../api/get-campaign";
import type { Step } from "../../draft/steps";
import { CameraStep } from "../camera/CameraStep";
import { ClipStep } from "../clip/ClipStep";
import { ImagesStep } from "../images/ImagesStep";
import { LightStep } from "../light/LightStep";
import { RightsStep } from "../rights/RightsStep";
import { SceneStep } from "../scene/SceneStep";
import { SoundStep } from "../sound/SoundStep";

/** In the order of the rail. */
export const SHOWN: readonly Step[] = ["scene", "images", "sound", "camera", "light", "clip", "rights"];

type Props = { step: Step; campaign: Campaign; onGo: (step: Step) => void };

/** One step, with the way to its neighbours. */
export function StepBody({ step, campaign, onGo }: Props) {
  const { t } = useTranslation("contribute");
  const at = SHOWN.indexOf(step);
  const [before, after] = [SHOWN[at - 1], SHOWN[at + 1]];
  const bodies: Partial<Record<Step, ReactNode>> = {
    scene: <SceneStep />,
    images: <ImagesStep />,
    sound: <SoundStep />,
    camera: <CameraStep />,
    light: <LightStep />,
    clip: <ClipStep />,
    rights: <RightsStep campaign={campaign} />,
  };
  return (
    <section aria-label={t(`step.${step}`)} className="rounded-lg border border-line bg-surface">
      <header className="grid gap-1 border-b border-line px-5 py-5 sm:px-7">
        <h2 className="text-xl">{t(`step.${step}`)}</h2>
        <p className="max-w-prose text-sm text-muted">{t(`step_lead.${step}`)}</p>
      </header>
      <div className="px-5 py-6 sm:px-7">{bodies[step]}</div>
      <footer className="flex justify-between gap-3 border-t border-line px-5 py-4 sm:px-7">
        {before ? (
          <Button
            look="quiet"
            icon={<ArrowLeft className="size-4 rtl:-scale-x-100" aria-hidden />}
            onClick={() => onGo(before)}
          >
            {t(`step.${before}`)}
          </Button>
        ) : (
          <span />
        )}
        {after && (
          <Button onClick={() => onGo(after)}>
            {t(`step.${after}`)}
            <ArrowRight className="size-4 rtl:-scale-x-100" aria-hidden />
          </Button>
        )}
      </footer>
    </section>
  );
}
