import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Checkbox } from "@/components/ui/Choice";
import { Dialog } from "@/components/ui/Dialog";
import { Segmented } from "@/components/ui/Segmented";
import { Slider } from "@/components/ui/Slider";
import { Notice } from "@/components/ui/states";
import { errorText } from "@/lib/errors";
import { byteSize, useLocale } from "@/lib/format";

import { useStartExport } from "../api/start-export";
import { SPLITS } from "../model/build";

type Profile = "webdataset" | "metadata";
const MEGABYTE = 2 ** 20;

export function NewExport({ version }: { version: string }) {
  const { t } = useTranslation("explore");
  const locale = useLocale();
  const [open, setOpen] = useState(false);
  const [profile, setProfile] = useState<Profile>("webdataset");
  const [splits, setSplits] = useState<string[]>([...SPLITS]);
  const [shardMb, setShardMb] = useState(512);
  const start = useStartExport(version);
  const options = {
    splits: SPLITS.filter((split) => splits.includes(split)),
    shard_bytes: shardMb * MEGABYTE,
  };
  const submit = () =>
    start.mutate(
      { profile, ...(profile === "webdataset" && { options }) },
      { onSuccess: () => setOpen(false) },
    );
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        {t("exports.new")}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title={t("exports.new")}
        description={t(`profile.${profile}_hint`)}
        footer={
          <Button
            look="primary"
            busy={start.isPending}
            disabled={profile === "webdataset" && splits.length === 0}
            onClick={submit}
          >
            {t("exports.start")}
          </Button>
        }
      >
        <div className="grid gap-5">
          {start.isError && <Notice tone="bad">{errorText(start.error)}</Notice>}
          <Segmented
            label={t("exports.profile")}
            value={profile}
            onChange={setProfile}
            options={(["webdataset", "metadata"] as const).map((value) => ({
              value,
              label: t(`profile.${value}`),
            }))}
          />
          {profile === "webdataset" && (
            <>
              <fieldset className="grid gap-2">
                <legend className="mb-1 text-sm font-medium">{t("columns.splits")}</legend>
                {SPLITS.map((split) => (
                  <Checkbox
                    key={split}
                    label={t(`split.${split}`)}
                    checked={splits.includes(split)}
                    onChange={(on) =>
                      setSplits(on ? [...splits, split] : splits.filter((one) => one !== split))
                    }
                  />
                ))}
              </fieldset>
              <Slider
                label={t("exports.shard_size")}
                value={shardMb}
                min={64}
                max={2048}
                step={64}
                shown={byteSize(shardMb * MEGABYTE, locale)}
                onChange={setShardMb}
              />
            </>
          )}
        </div>
      </Dialog>
    </>
  );
}
