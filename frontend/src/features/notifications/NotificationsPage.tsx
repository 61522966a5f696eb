import { BellOff } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { LoadMore } from "@/components/ui/LoadMore";
import { Page } from "@/components/ui/Page";
import { Panel } from "@/components/ui/Panel";
import { Empty, Failed, LoadingRows } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";
import { flatten } from "@/lib/query";

import { useNotifications } from "./api/list-notifications";
import { useMarkRead } from "./api/mark-read";
import { NotificationLine } from "./components/NotificationLine";

export function Component() {
  const { t } = useTranslation("notifications");
  const notifications = useNotifications();
  const read = useMarkRead();
  const shown = flatten(notifications.data);
  const mark = (id?: string) => read.mutate(id, { onError: toastError });
  return (
    <Page
      narrow
      title={t("title")}
      lead={
        <Link to="/account?tab=notifications" className="underline underline-offset-4">
          {t("settings")}
        </Link>
      }
      actions={
        <Button busy={read.isPending} disabled={shown.length === 0} onClick={() => mark()}>
          {t("read_all")}
        </Button>
      }
    >
      <Panel flush>
        {notifications.isPending && <LoadingRows />}
        {notifications.isError && (
          <Failed error={notifications.error} onRetry={() => void notifications.refetch()} />
        )}
        {notifications.isSuccess && shown.length === 0 && (
          <Empty icon={<BellOff />} title={t("empty.title")}>
            {t("empty.text")}
          </Empty>
        )}
        <ul className="divide-y divide-line">
          {shown.map((notification) => (
            <li key={notification.id}>
              <NotificationLine
                notification={notification}
                onRead={() => !notification.read_at && mark(notification.id)}
              />
            </li>
          ))}
        </ul>
        <LoadMore pages={notifications} />
      </Panel>
    </Page>
  );
}
