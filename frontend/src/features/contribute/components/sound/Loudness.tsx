import { useTranslation } from "react-i18next";

import { usePrecheckResult } from "../../hooks/use-checks";

const SHOWN = [
  ["audio.lufs", "lufs", "LUFS"],
  ["audio.true_peak_dbtp", "true_peak", "dBTP"],
] as const;

/** What the platform measured of the sound; it comes with the pre-check. */
export function Loudness() {
  const { t } = useTranslation("contribute");
  const measured = usePrecheckResult()?.measured ?? [];
  const figures = SHOWN.map(([metric, name, unit]) => {
    const value = measured.find((one) => one.metric === metric)?.value;
    return { name, text: value === null || value === undefined ? null : `${value.toFixed(1)} ${unit}` };
  });
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {figures.map(({ name, text }) => (
        <div key={name} className="grid gap-0.5">
          <dt className="text-xs text-muted">{t(`sound.${name}`)}</dt>
          <dd className={text ? "figures text-base font-medium" : "text-sm text-muted"}>
            {text ?? t("sound.not_measured")}
          </dd>
        </div>
      ))}
    </dl>
  );
}
