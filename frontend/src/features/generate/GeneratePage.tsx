import { useTranslation } from "react-i18next";

import { Page } from "@/components/ui/Page";

import { AskForm } from "./components/AskForm";
import { Gallery } from "./components/Gallery";

export function Component() {
  const { t } = useTranslation("generate");
  return (
    <Page title={t("title")} lead={t("lead")}>
      <div className="grid gap-10">
        <AskForm />
        <Gallery />
      </div>
    </Page>
  );
}
