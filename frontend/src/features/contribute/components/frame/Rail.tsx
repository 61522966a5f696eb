import clsx from "clsx";
import { Check, CircleAlert, CircleDashed, CircleDot, OctagonX } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Precheck } from "../../api/get-precheck";
import { placed } from "../../draft/findings";
import { stateOf, type Step, type StepState } from "../../draft/steps";
import { useDraft } from "../../hooks/use-draft";

const ICONS: Record<StepState, ReactNode> = {
  empty: <CircleDashed className="text-muted" />,
  missing: <CircleDot className="text-warn" />,
  rejected: <OctagonX className="text-bad" />,
  advised: <CircleAlert className="text-warn" />,
  done: <Check className="text-good" />,
};

type Props = {
  steps: readonly Step[];
  step: Step;
  check: Precheck | null;
  wanted: readonly string[];
  onGo: (step: Step) => void;
};
const MODALITY: Partial<Record<Step, string>> = {
  images: "reference_images",
  sound: "audio",
  camera: "camera",
  light: "lighting",
};

/** All steps with how far each one is; they can be taken in any order. */
export function Rail({ steps, step: current, check, wanted, onGo }: Props) {
  const { t } = useTranslation("contribute");
  const draft = useDraft();
  const findings = check ? placed(check) : [];
  const here = useRef<HTMLButtonElement>(null);
  useEffect(() => bringToMiddle(here.current), [current]);
  return (
    <nav aria-label={t("steps")}>
      <ol className="relative flex gap-1 overflow-x-auto lg:grid lg:overflow-visible">
        {steps.map((step) => {
          const state = stateOf(draft, step, check?.problems ?? [], findings);
          const isWanted = wanted.includes(MODALITY[step] ?? "");
          return (
            <li key={step} className="shrink-0">
              <button
                ref={step === current ? here : undefined}
                type="button"
                aria-current={step === current ? "step" : undefined}
                onClick={() => onGo(step)}
                className={clsx(
                  "flex h-10 w-full items-center gap-2.5 rounded-md px-3 text-start text-sm transition [&_svg]:size-4 [&_svg]:shrink-0",
                  step === current
                    ? "bg-surface font-medium shadow-[0_0_0_1px_var(--line)]"
                    : "text-muted hover:text-ink",
                )}
              >
                <span aria-hidden>{ICONS[state]}</span>
                <span className="whitespace-nowrap">{t(`step.${step}`)}</span>
                <span className="sr-only">{t(`step_state.${state}`)}</span>
                {isWanted && state === "empty" && (
                  <span className="ms-auto hidden text-xs font-normal text-warn lg:inline">
                    {t("wanted")}
                  </span>
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** On a narrow screen the list scrolls sideways; the page itself stays where it is. */
function bringToMiddle(button: HTMLElement | null): void {
  const list = button?.closest("ol");
  if (!button || !list) return;
  const [inner, outer] = [button.getBoundingClientRect(), list.getBoundingClientRect()];
  list.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
