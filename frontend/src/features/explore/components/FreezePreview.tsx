import { Snowflake } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { Confirm } from "@/components/ui/Confirm";
import { Stat } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { LoadingRows, Notice } from "@/components/ui/states";
import { ApiError } from "@/lib/api";
import { errorText } from "@/lib/errors";
import { useSettled } from "@/lib/settled";

import { type Selection, useFreeze } from "../api/freeze-version";
import { type Preview, usePreview } from "../api/preview-version";
import { forgetChosen } from "../hooks/use-chosen";
import { SplitBar } from "./SplitBar";

type Props = { dataset: string; selection: Selection; byHand: boolean };

/** What the version would hold and what it would leave out, before it is made. */
export function FreezePreview({ dataset, selection, byHand }: Props) {
  const { t } = useTranslation("explore");
  const go = useNavigate();
  const settled = useSettled(selection);
  const preview = usePreview(dataset, settled);
  const freeze = useFreeze(dataset);
  const submit = () =>
    freeze.mutate(selection, {
      onSuccess: ({ id }) => {
        if (byHand) forgetChosen();
        void go(`/explore/versions/${id}`);
      },
    });
  const unseen = preview.error instanceof ApiError && preview.error.code === "too_many_to_preview";
  const known = preview.data && !preview.isError;
  const current = !preview.isPlaceholderData && JSON.stringify(settled) === JSON.stringify(selection);
  return (
    <Panel title={t("preview.title")} className="lg:sticky lg:top-20">
      <div className="grid gap-5">
        {dataset === "" && <p className="text-sm text-muted">{t("preview.choose_dataset")}</p>}
        {dataset !== "" && preview.isPending && <LoadingRows rows={2} />}
        {preview.isError && <Notice tone={unseen ? "info" : "bad"}>{errorText(preview.error)}</Notice>}
        {known && <Held preview={preview.data} />}
        {freeze.isError && <Notice tone="bad">{errorText(freeze.error)}</Notice>}
        <Confirm
          danger={false}
          title={t("preview.confirm")}
          action={t("freeze.submit")}
          onConfirm={submit}
          trigger={
            <Button
              look="primary"
              icon={<Snowflake className="size-4" />}
              busy={freeze.isPending}
              disabled={!current || !(unseen || (known && preview.data.samples > 0))}
            >
              {t("freeze.submit")}
            </Button>
          }
        >
          {known && <p>{t("preview.confirm_count", { count: preview.data.samples })}</p>}
          <p>{t("preview.confirm_text")}</p>
        </Confirm>
      </div>
    </Panel>
  );
}

function Held({ preview }: { preview: Preview }) {
  const { t } = useTranslation("explore");
  return (
    <div className="grid gap-5">
      <dl>
        <Stat label={t("columns.samples")} hint={t("preview.of_accepted", { count: preview.accepted })}>
          {preview.samples}
        </Stat>
      </dl>
      <div className="grid gap-1.5">
        <h3 className="text-xs font-normal text-muted">{t("columns.splits")}</h3>
        <SplitBar version={{ split_counts: preview.splits }} />
      </div>
      <Lines title={t("preview.licenses")} rows={Object.entries(preview.licenses)} />
      <Lines
        title={t("preview.excluded")}
        rows={preview.excluded.map(({ code, message, count }) => [
          t(`excluded.${code}`, { defaultValue: message }),
          count,
        ])}
      />
    </div>
  );
}

function Lines({ title, rows }: { title: string; rows: [string, number][] }) {
  const { t } = useTranslation("explore");
  return (
    <section className="grid gap-1.5 text-sm">
      <h3 className="text-xs font-normal text-muted">{title}</h3>
      {rows.length === 0 && <p>{t("preview.nothing")}</p>}
      <ul className="grid gap-1">
        {rows.map(([name, count]) => (
          <li key={name} className="flex justify-between gap-4">
            <span>{name || t("preview.unnamed")}</span>
            <span className="figures text-muted">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
