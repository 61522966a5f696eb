import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";

import { GoldList } from "./components/gold/GoldList";
import { MarkDialog } from "./components/gold/MarkDialog";

export function Component() {
  const { t } = useTranslation("operator");
  const [marking, setMarking] = useState(false);
  return (
    <Page
      title={t("tab.gold")}
      lead={t("lead.gold")}
      actions={
        <Button icon={<Plus className="size-4" />} onClick={() => setMarking(true)}>
          {t("gold.mark")}
        </Button>
      }
    >
      <GoldList />
      {marking && <MarkDialog onClose={() => setMarking(false)} />}
    </Page>
  );
}
