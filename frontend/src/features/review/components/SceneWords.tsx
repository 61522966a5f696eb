import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { timecode } from "@/lib/format";

import { usePlayer } from "../hooks/use-player";
import { type JudgedRecord, words } from "../model/record";

type Scene = NonNullable<JudgedRecord["scene"]>;

function terms(part: Record<string, unknown> | null): string[] {
  const values = Object.entries(part ?? {}).flatMap(([name, value]) =>
    typeof value === "boolean" ? (value ? [name] : []) : ((value as string | string[] | null) ?? []),
  );
  return values.map((value) => words(String(value)));
}

/** The scene as the contributor described it, beside what the brief asked for. */
export function SceneWords({ record, brief }: { record: JudgedRecord; brief?: string }) {
  const { t } = useTranslation("review");
  const { scene, rights, provenance } = record;
  return (
    <Panel title={t("scene.title")}>
      <div className="grid gap-4 text-sm">
        {scene && <Described scene={scene} />}
        <dl className="grid gap-1.5">
          {scene && (
            <>
              <Row name={t("scene.setting")}>{terms(scene.setting).join(", ")}</Row>
              <Row name={t("scene.shot")}>{terms(scene.shot).join(", ")}</Row>
              <Row name={t("scene.style")}>{scene.style.map(words).join(", ")}</Row>
            </>
          )}
          {rights && (
            <Row name={t("scene.rights")}>
              {[
                rights.license,
                words(rights.basis),
                t("scene.releases", { count: rights.releases.length }),
              ].join(" · ")}
            </Row>
          )}
          {provenance?.ai_generated && <Row name={t("scene.ai")}>{words(provenance.ai_generated)}</Row>}
          {provenance?.generator && <Row name={t("scene.generator")}>{provenance.generator}</Row>}
        </dl>
        {brief && (
          <details>
            <summary className="text-xs font-medium text-muted">{t("scene.brief")}</summary>
            <p className="pt-2" dir="auto">
              {brief}
            </p>
          </details>
        )}
      </div>
    </Panel>
  );
}

function Described({ scene }: { scene: Scene }) {
  const { t } = useTranslation("review");
  const player = usePlayer();
  return (
    <>
      <div className="grid gap-2" dir="auto" lang={scene.language}>
        <p className="font-medium">{scene.caption_short}</p>
        <p className="leading-relaxed">{scene.caption_long}</p>
      </div>
      {scene.actions.length > 0 && (
        <ol className="grid gap-0.5" aria-label={t("scene.actions")}>
          {scene.actions.map((action, index) => (
            <li key={index}>
              <button
                type="button"
                onClick={() => player.seekTime(action.start_s ?? 0)}
                className="flex w-full items-baseline gap-3 rounded-sm px-1.5 py-0.5 text-start hover:bg-sunken"
              >
                <span className="figures shrink-0 text-xs text-muted">{timecode(action.start_s ?? 0)}</span>
                <span dir="auto">{[action.subject, action.verb].filter(Boolean).join(" ")}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-3">
      <dt className="w-24 shrink-0 text-xs leading-5 text-muted">{name}</dt>
      <dd className="min-w-0 break-words" dir="auto">
        {children || "–"}
      </dd>
    </div>
  );
}
