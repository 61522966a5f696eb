import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation, useNavigate, useSearchParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Panel } from "@/components/ui/Panel";
import { Select } from "@/components/ui/Select";
import { Notice } from "@/components/ui/states";
import { ApiError } from "@/lib/api";
import { errorText, fieldError } from "@/lib/errors";

import { useStartRun } from "../api/start-run";
import { useKeptTexts } from "../hooks/use-kept-texts";
import { configOf, faultOf, type FormField, fieldsOf, type Schema } from "../model/config-form";
import { ConfigField } from "./ConfigField";
import { ExportChoice } from "./ExportChoice";

type Props = { config: Schema; groups: string[]; bases: string[] };

export function NewRunForm({ config, groups, bases }: Props) {
  const { t } = useTranslation("training");
  const go = useNavigate();
  const [query] = useSearchParams();
  const fields = fieldsOf(config);
  const initial = Object.fromEntries(fields.map(({ name, initial: text }) => [name, text]));
  const given = query.get("export");
  const { texts, change, forget } = useKeptTexts("openslate.new-run", { ...initial, base: bases[0] ?? "" });
  const [tried, setTried] = useState(false);
  const start = useStartRun();
  const source = given ?? texts.export ?? "";
  const wrong = (field: FormField) => tried && faultOf(texts[field.name] ?? "", field);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!source || fields.some((field) => faultOf(texts[field.name] ?? "", field))) return;
    start.mutate(
      { export: source, base: texts.base ?? "", config: configOf(texts, fields) },
      {
        onSuccess: ({ id }) => {
          forget();
          void go(`/runs/${id}`);
        },
      },
    );
  };
  return (
    <form onSubmit={submit} className="grid gap-6" noValidate>
      <Panel title={t("new.data")}>
        <div className="grid gap-4 sm:grid-cols-2">
          <ExportChoice
            given={given}
            texts={texts}
            change={change}
            error={tried && !source ? t("new.export_needed") : undefined}
          />
          <Select
            label={t("columns.base")}
            value={texts.base}
            onChange={(base) => change("base", base)}
            options={bases.map((base) => ({ value: base, label: base }))}
          />
        </div>
      </Panel>
      {groups.map((group) => (
        <Panel key={group} title={t(`group.${group}`, { defaultValue: group })}>
          <div className="grid gap-4 sm:grid-cols-2">
            {fields
              .filter((field) => field.group === group)
              .map((field) => (
                <ConfigField
                  key={field.name}
                  field={field}
                  text={texts[field.name] ?? ""}
                  fault={wrong(field) || undefined}
                  refused={fieldError(start.error, `config.${field.name}`)}
                  onChange={(text) => change(field.name, text)}
                />
              ))}
          </div>
        </Panel>
      ))}
      <Refused error={start.error} />
      <Button type="submit" look="primary" size="lg" busy={start.isPending} className="justify-self-start">
        {t("new.start")}
      </Button>
    </form>
  );
}

function Refused({ error }: { error: Error | null }) {
  const { t } = useTranslation("training");
  const here = useLocation();
  if (!error) return null;
  const signedOut = error instanceof ApiError && error.code === "not_authenticated";
  return (
    <Notice tone="bad">
      <span className="flex flex-wrap items-center justify-between gap-3">
        {errorText(error)}
        {signedOut && (
          <Link
            to={`/sign-in?next=${encodeURIComponent(here.pathname + here.search)}`}
            className="font-medium underline underline-offset-4"
          >
            {t("new.sign_in")}
          </Link>
        )}
      </span>
    </Notice>
  );
}
