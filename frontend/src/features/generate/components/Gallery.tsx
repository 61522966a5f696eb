import { Film } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Dialog } from "@/components/ui/Dialog";
import { LoadMore } from "@/components/ui/LoadMore";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { flatten } from "@/lib/query";

import { useGenerations } from "../api/list-generations";
import { ClipCard } from "./ClipCard";
import { SideBySide } from "./SideBySide";

/** Every clip that was made, to look at on hover and to put beside another. */
export function Gallery() {
  const { t } = useTranslation("generate");
  const generations = useGenerations();
  const [chosen, setChosen] = useState<string[]>([]);
  const [open, setOpen] = useState(false);
  const shown = flatten(generations.data);
  const pair = chosen
    .map((id) => shown.find((generation) => generation.id === id))
    .filter((found) => found !== undefined);
  const toggle = (id: string) =>
    setChosen((before) =>
      before.includes(id) ? before.filter((other) => other !== id) : [...before, id].slice(-2),
    );
  return (
    <section className="grid gap-4">
      <header className="flex items-center justify-between gap-4">
        <h2 className="text-lg">{t("gallery.title")}</h2>
        <Button disabled={pair.length !== 2} onClick={() => setOpen(true)}>
          {t("gallery.compare", { chosen: chosen.length })}
        </Button>
      </header>
      {generations.isPending && <LoadingRows rows={3} />}
      {generations.isError && <Failed error={generations.error} onRetry={() => void generations.refetch()} />}
      {generations.isSuccess && shown.length === 0 && (
        <Empty icon={<Film />} title={t("gallery.empty")}>
          {t("gallery.empty_text")}
        </Empty>
      )}
      <ul className="grid gap-4 sm:grid-cols-3 lg:grid-cols-4">
        {shown.map((generation) => (
          <ClipCard
            key={generation.id}
            generation={generation}
            chosen={chosen.includes(generation.id)}
            onChoose={() => toggle(generation.id)}
          />
        ))}
      </ul>
      <LoadMore pages={generations} />
      <Dialog open={open} onOpenChange={setOpen} title={t("compare.title")} wide>
        {pair[0] && pair[1] && <SideBySide first={pair[0]} second={pair[1]} />}
      </Dialog>
    </section>
  );
}
