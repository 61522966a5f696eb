import { useTranslation } from "react-i18next";

import { Panel } from "@/components/ui/Panel";
import { Cell, Table } from "@/components/ui/Table";
import { span, useLocale } from "@/lib/format";

import type { Operations } from "../../api/operations";

/** Every queue with what waits in it. */
export function Queues({ queues }: { queues: Operations["queues"] }) {
  const { t } = useTranslation("operator");
  return (
    <Panel title={t("platform.queues")} flush>
      <Table
        caption={t("platform.queues")}
        head={["name", "waiting", "held", "oldest", "retried", "given_up", "worker"].map((head) =>
          t(`platform.${head}`),
        )}
      >
        {queues.map((queue) => (
          <QueueRow key={queue.name} queue={queue} />
        ))}
      </Table>
    </Panel>
  );
}

function QueueRow({ queue }: { queue: Operations["queues"][number] }) {
  const { t } = useTranslation("operator");
  const locale = useLocale();
  const count = (value: number, tone = "text-ink") => (
    <Cell className={`figures ${value ? tone : "text-muted"}`}>{value}</Cell>
  );
  return (
    <tr>
      <Cell>{t(`platform.queue.${queue.name}`, { defaultValue: queue.name })}</Cell>
      {count(queue.waiting)}
      {count(queue.held, "text-tungsten font-medium")}
      <Cell className="whitespace-nowrap text-muted">
        {queue.oldest_s === null ? "–" : span(queue.oldest_s, locale)}
      </Cell>
      {count(queue.retried, "text-warn")}
      {count(queue.failed, "text-bad")}
      <Cell className="figures text-muted">{queue.worker}</Cell>
    </tr>
  );
}
