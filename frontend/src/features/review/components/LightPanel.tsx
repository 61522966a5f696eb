import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";

import type { Shown } from "../model/media";
import { type JudgedRecord, words } from "../model/record";
import { LightBall } from "./LightBall";

type Props = { lighting: NonNullable<JudgedRecord["lighting"]>; map: Shown | undefined };

/** The light as a white ball shows it, with the numbers and words of the record. */
export function LightPanel({ lighting, map }: Props) {
  const { t } = useTranslation("review");
  const tags = Object.values(lighting.tags ?? {}).flatMap((tag) => tag ?? []);
  const picture = map?.file("preview");
  return (
    <Panel title={t("light.title")}>
      <div className="grid gap-3">
        <div className="flex items-center gap-4">
          {lighting.sh && <LightBall coeffs={lighting.sh.coeffs} kind={lighting.sh.kind} />}
          {picture && (
            <img
              src={picture.url}
              alt={t("light.map")}
              className="aspect-[2/1] min-w-0 grow rounded-md bg-black object-cover"
            />
          )}
        </div>
        <ul className="flex flex-wrap gap-1.5">
          {tags.map((tag) => (
            <li key={tag}>
              <Badge>{words(tag)}</Badge>
            </li>
          ))}
        </ul>
        <Numbers lighting={lighting} />
      </div>
    </Panel>
  );
}

function Numbers({ lighting }: { lighting: Props["lighting"] }) {
  const { t } = useTranslation("review");
  const { sun, cct_k: cct, lights } = lighting;
  const rows: [string, string][] = [
    [t("light.cct"), cct ? `${Math.round(cct)} K` : "–"],
    [t("light.sun"), sun ? `${sun.azimuth_deg.toFixed(0)}° / ${sun.elevation_deg.toFixed(0)}°` : "–"],
    ...lights.map((light): [string, string] => [
      `${words(light.role ?? "light")} · ${words(light.type)}`,
      [
        light.cct_k && `${Math.round(light.cct_k)} K`,
        light.intensity && `${light.intensity} ${light.unit ?? ""}`,
      ]
        .filter(Boolean)
        .join(" · "),
    ]),
  ];
  return (
    <dl className="grid gap-1 text-xs">
      {rows.map(([name, value], index) => (
        <div key={index} className="flex justify-between gap-2">
          <dt className="text-muted">{name}</dt>
          <dd className="figures">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
