import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/states";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Empty
      title={t("not_found.title")}
      titleAs="h1"
      action={
        <Button asChild>
          <Link to="/">{t("not_found.home")}</Link>
        </Button>
      }
    >
      {t("not_found.text")}
    </Empty>
  );
}
