import { Plus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Page } from "@/components/ui/Page";

import { Campaigns } from "./components/campaigns/Campaigns";

export function Component() {
  const { t } = useTranslation("operator");
  return (
    <Page
      title={t("tab.campaigns")}
      lead={t("lead.campaigns")}
      actions={
        <Button asChild look="primary">
          <Link to="/campaigns/new">
            <Plus className="size-4" aria-hidden />
            {t("campaigns.new")}
          </Link>
        </Button>
      }
    >
      <Campaigns />
    </Page>
  );
}
