import { Link } from "react-router";

import { Ago } from "@/components/ui/figures";

import type { Notification } from "../api/list-notifications";

const PAGES: Record<string, (subject: string) => string> = {
  submission: (subject) => `/work/${subject}`,
  campaign: (subject) => `/campaigns/${subject}`,
  credit: () => "/earnings",
  claim: () => "/earnings",
};

function pageOf({ kind, subject_kind, subject }: Notification): string | undefined {
  if (kind === "draft_expiring" || kind === "precheck_finished") return `/contribute/${subject}`;
  return PAGES[subject_kind]?.(subject);
}

export function NotificationLine({
  notification,
  onRead,
}: {
  notification: Notification;
  onRead: () => void;
}) {
  const page = pageOf(notification);
  const unread = !notification.read_at;
  return (
    <article className="relative grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-3 px-5 py-4 transition hover:bg-sunken/60">
      <span
        aria-hidden
        className={`mt-2 size-2 rounded-full ${unread ? "bg-tungsten" : "border border-line-strong"}`}
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-1">
        <h2 className={`text-sm ${unread ? "" : "font-normal"}`} dir="auto">
          {page ? (
            <Link to={page} onClick={onRead} className="after:absolute after:inset-0">
              {notification.title}
            </Link>
          ) : (
            <button type="button" onClick={onRead} className="text-start after:absolute after:inset-0">
              {notification.title}
            </button>
          )}
        </h2>
        <p className="text-sm text-muted" dir="auto">
          {notification.text}
        </p>
        <p className="text-xs text-muted">
          <Ago at={notification.at} />
        </p>
      </div>
    </article>
  );
}
