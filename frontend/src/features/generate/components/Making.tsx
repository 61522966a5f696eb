import { Check, Circle } from "lucide-react";
import { useTranslation } from "react-i18next";

import { Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Spinner } from "@/components/ui/Spinner";

import { type Generation, isGoing } from "../api/list-generations";
import { Facts } from "./Facts";

const ORDER = ["load", "condition", "sample", "decode", "write"] as const;

/** Stages as they finish, and the bill. */
export function Making({ generation }: { generation: Generation }) {
  const { t } = useTranslation("generate");
  const { stages, bill, price_wei, status } = generation;
  const coming = isGoing(generation) ? ORDER.slice(stages.length) : [];
  return (
    <div className="grid gap-4">
      <Panel title={t("stages.title")}>
        <ol className="grid gap-2" aria-live="polite">
          {stages.map(({ position, name, seconds }) => (
            <li key={position} className="flex items-center gap-2 text-sm">
              <Check className="size-4 text-good" aria-hidden />
              <span className="grow">{t(`stages.${name}`, name)}</span>
              <span className="figures text-muted">{seconds.toFixed(1)} s</span>
            </li>
          ))}
          {coming.map((name, place) => (
            <Coming key={name} name={name} going={place === 0 && status === "running"} />
          ))}
        </ol>
        {stages.length + coming.length === 0 && <p className="text-sm text-muted">{t("stages.none")}</p>}
      </Panel>
      <Facts generation={generation} />
      {status === "delivered" && (
        <Panel title={t("bill.title")}>
          <dl className="grid gap-2 text-sm">
            {bill.map(({ name, seconds, amount_wei }) => (
              <div key={name} className="flex justify-between gap-3">
                <dt>
                  {t(`stages.${name}`, name)}{" "}
                  <span className="figures text-muted">{seconds.toFixed(1)} s</span>
                </dt>
                <dd>
                  <Tokens wei={amount_wei} />
                </dd>
              </div>
            ))}
            <div className="flex justify-between gap-3 border-t border-line pt-2 font-medium">
              <dt>{t("bill.total")}</dt>
              <dd>
                <Tokens wei={price_wei} />
              </dd>
            </div>
          </dl>
        </Panel>
      )}
    </div>
  );
}

function Coming({ name, going }: { name: (typeof ORDER)[number]; going: boolean }) {
  const { t } = useTranslation("generate");
  return (
    <li className="flex items-center gap-2 text-sm text-muted">
      {going ? <Spinner /> : <Circle className="size-4" aria-hidden />}
      <span className="grow">{t(`stages.${name}`)}</span>
      {going && <span>{t("stages.going")}</span>}
    </li>
  );
}
