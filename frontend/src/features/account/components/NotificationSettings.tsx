import { useTranslation } from "react-i18next";

import { Segmented } from "@/components/ui/Segmented";
import { Failed, LoadingRows } from "@/components/ui/states";
import { toastError } from "@/components/ui/Toasts";

import {
  type NotificationSetting,
  useNotificationSettings,
  useSetChannel,
} from "../api/notification-settings";
import { Section } from "./Section";

const CHANNELS: NotificationSetting["channel"][] = ["off", "in_app", "email"];

export function NotificationSettings() {
  const { t } = useTranslation("account");
  const settings = useNotificationSettings();
  const set = useSetChannel();
  return (
    <Section title={t("notify.title")} text={t("notify.text")}>
      {settings.isPending && <LoadingRows />}
      {settings.isError && <Failed error={settings.error} onRetry={() => void settings.refetch()} />}
      <ul className="divide-y divide-line">
        {settings.data?.map(({ kind, channel }) => (
          <li key={kind} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <span className="text-sm">{t(`notify.kind.${kind}`)}</span>
            <Segmented
              label={t(`notify.kind.${kind}`)}
              value={channel}
              options={CHANNELS.map((value) => ({ value, label: t(`notify.channel.${value}`) }))}
              onChange={(chosen) => set.mutate({ kind, channel: chosen }, { onError: toastError })}
            />
          </li>
        ))}
      </ul>
    </Section>
  );
}
