import { Check, Plus, ScanSearch } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { Button } from "@/components/ui/Button";
import { Snippet } from "@/components/ui/Copyable";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows } from "@/components/ui/states";

import { useSample } from "./api/read-sample";
import { ChosenBar } from "./components/ChosenBar";
import { Measurements } from "./components/Measurements";
import { Near } from "./components/Near";
import { RecordTree } from "./components/RecordTree";
import { SampleFacts } from "./components/SampleFacts";
import { SampleMedia } from "./components/SampleMedia";
import { toggleChosen, useChosen } from "./hooks/use-chosen";
import { sampleSnippet } from "./model/snippet";

export function Component() {
  const { t } = useTranslation("explore");
  const { id = "" } = useParams();
  const sample = useSample(id);
  if (sample.isPending) return <LoadingRows />;
  if (sample.isError) return <Failed error={sample.error} onRetry={() => void sample.refetch()} />;
  const { caption } = sample.data;
  const { scene } = sample.data.record as { scene?: { caption_short?: string } };
  return (
    <Page
      title={scene?.caption_short || caption}
      lead={caption}
      eyebrow={
        <Link to="/explore" className="underline-offset-4 hover:underline">
          {t("search.title")}
        </Link>
      }
      actions={<Actions id={id} />}
    >
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-6">
          <SampleMedia media={sample.data.media} onStale={() => void sample.refetch()} />
          <RecordTree record={sample.data.record} />
          <Measurements sample={id} />
        </div>
        <div className="grid min-w-0 gap-6">
          <SampleFacts sample={sample.data} />
          <Near sample={id} />
          <Panel title={t("sample.load")}>
            <Snippet label={t("sample.load")} code={sampleSnippet(location.origin, id)} />
          </Panel>
        </div>
      </div>
      <ChosenBar />
    </Page>
  );
}

function Actions({ id }: { id: string }) {
  const { t } = useTranslation("explore");
  const chosen = useChosen().has(id);
  return (
    <>
      <Button asChild>
        <Link to={`/explore?like=${id}`}>
          <ScanSearch className="size-4" aria-hidden />
          {t("sample.alike")}
        </Link>
      </Button>
      <Button
        aria-pressed={chosen}
        icon={chosen ? <Check className="size-4 text-tungsten" /> : <Plus className="size-4" />}
        onClick={() => toggleChosen(id)}
      >
        {t(chosen ? "sample.chosen" : "sample.choose")}
      </Button>
    </>
  );
}
