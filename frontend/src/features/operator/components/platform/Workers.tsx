import { useTranslation } from "react-i18next";

import { Badge } from "@/components/ui/Badge";
import { Panel } from "@/components/ui/Panel";

import type { Operations } from "../../api/operations";

/** Who works, on what; which services answer, and how fast. */
export function Workers({ workers, services }: Pick<Operations, "workers" | "services">) {
  const { t } = useTranslation("operator");
  return (
    <div className="grid items-start gap-6 md:grid-cols-2">
      <Panel title={t("platform.workers")} flush>
        {!workers?.length && (
          <p className="px-5 py-4 text-sm text-muted">
            {t(workers ? "platform.no_workers" : "platform.workers_unknown")}
          </p>
        )}
        <ul className="divide-y divide-line">
          {workers?.map((worker) => (
            <li key={worker.name} className="grid gap-1.5 px-5 py-3 text-sm">
              <span className="figures w-fit">{worker.name}</span>
              <span className="flex flex-wrap gap-1.5">
                {worker.queues.map((queue) => (
                  <Badge key={queue}>{queue}</Badge>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title={t("platform.services")} flush>
        <ul className="divide-y divide-line">
          {services.map((service) => (
            <li key={service.name} className="flex items-center justify-between gap-4 px-5 py-3 text-sm">
              {t(`platform.service.${service.name}`, { defaultValue: service.name })}
              {service.answers ? (
                <span className="figures text-muted">
                  {Math.max(1, Math.round(service.seconds * 1000))} ms
                </span>
              ) : (
                <Badge tone="bad">{t("platform.silent")}</Badge>
              )}
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
