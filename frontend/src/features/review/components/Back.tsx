import { ArrowLeft } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

const QUEUE = "/review";

/** To where one came from; the queue unless another place is named. */
export function Back({ to = QUEUE }: { to?: string }) {
  const { t } = useTranslation("review");
  return (
    <Link
      to={to}
      aria-label={t(to === QUEUE ? "desk.back" : "back")}
      className="grid size-9 place-items-center rounded-md hover:bg-sunken"
    >
      <ArrowLeft className="size-[18px] rtl:-scale-x-100" aria-hidden />
    </Link>
  );
}
