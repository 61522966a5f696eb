import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";

import { Button } from "@/components/ui/Button";
import { Empty } from "@/components/ui/states";

/** A page threw, or a new version replaced the files this one was about to load: reloading is the way on. */
export function Crashed() {
  const { t } = useTranslation();
  const error = useRouteError();
  const gone = error instanceof TypeError && /dynamically imported module/.test(error.message);
  return (
    <main>
      <Empty
        title={t(gone ? "crashed.new_version" : "crashed.title")}
        action={<Button onClick={() => location.reload()}>{t("crashed.reload")}</Button>}
      >
        {t(gone ? "crashed.new_version_text" : "crashed.text")}
      </Empty>
    </main>
  );
}
