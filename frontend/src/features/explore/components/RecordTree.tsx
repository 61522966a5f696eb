import { useTranslation } from "react-i18next";

import { Copyable } from "@/components/ui/Copyable";
import { Panel } from "@/components/ui/Panel";

import { isPart, present } from "../model/record-tree";

const OPEN = new Set(["scene", "camera"]);
const MOST_ITEMS = 12;

/** The whole record, part by part, as it is: names and words are the record's own. */
export function RecordTree({ record }: { record: Record<string, unknown> }) {
  const { t } = useTranslation("explore");
  const parts = present(record);
  const plain = parts.filter(([, value]) => !isPart(value));
  return (
    <Panel
      title={t("sample.record")}
      flush
      actions={
        <span className="[&_code]:hidden">
          <Copyable text={JSON.stringify(record, null, 2)} label={t("sample.record")} />
        </span>
      }
    >
      {parts
        .filter(([, value]) => isPart(value))
        .map(([name, value]) => (
          <details key={name} open={OPEN.has(name)} className="border-b border-line last:border-0">
            <summary className="px-5 py-2.5 text-sm font-medium">
              {t(`modality.${name}`, { defaultValue: name.replaceAll("_", " ") })}
            </summary>
            <div className="px-5 pb-4">
              <Value value={value} />
            </div>
          </details>
        ))}
      {plain.length > 0 && (
        <div className="px-5 py-3">
          <Value value={Object.fromEntries(plain)} />
        </div>
      )}
    </Panel>
  );
}

function Value({ value }: { value: unknown }) {
  const { t } = useTranslation("explore");
  if (Array.isArray(value)) {
    if (!value.some(isPart)) return <span dir="auto">{value.map(String).join(", ")}</span>;
    return (
      <ol className="grid gap-2">
        {value.slice(0, MOST_ITEMS).map((item, at) => (
          <li key={at} className="border-s-2 border-line ps-3">
            <Value value={item} />
          </li>
        ))}
        {value.length > MOST_ITEMS && (
          <li className="text-muted">{t("sample.more", { count: value.length - MOST_ITEMS })}</li>
        )}
      </ol>
    );
  }
  if (isPart(value))
    return (
      <dl className="grid gap-1 text-sm">
        {present(value as Record<string, unknown>).map(([name, inner]) => (
          <div key={name} className="grid gap-x-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
            <dt className="figures text-start leading-6 text-muted">{name}</dt>
            <dd className="min-w-0 leading-6 break-words">
              <Value value={inner} />
            </dd>
          </div>
        ))}
      </dl>
    );
  if (typeof value === "number") return <span className="figures">{Number(value.toPrecision(7))}</span>;
  return <bdi>{String(value)}</bdi>;
}
