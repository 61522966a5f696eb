import { Bell as BellIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Tooltip } from "@/components/ui/Tooltip";
import { useUnread } from "@/lib/notifications";
import { useMe } from "@/lib/session";

const MOST = 99;

/** The way to what there is to tell, with how much of it is unread. */
export function Bell() {
  const { t } = useTranslation();
  const { data: me } = useMe();
  const { data: unread = 0 } = useUnread(Boolean(me));
  if (!me) return null;
  const label = unread ? t("notifications_unread", { count: unread }) : t("notifications");
  return (
    <Tooltip text={label}>
      <Link
        to="/notifications"
        aria-label={label}
        className="relative inline-grid size-9 place-items-center rounded-md text-muted transition hover:bg-sunken hover:text-ink"
      >
        <BellIcon className="size-[18px]" aria-hidden />
        {unread > 0 && (
          <span
            aria-hidden
            className="absolute -end-0.5 top-0 grid h-4 min-w-4 place-items-center rounded-full bg-tungsten px-1 text-[10px] leading-none font-semibold text-on-ink"
          >
            {unread > MOST ? `${MOST}+` : unread}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
