import { useTranslation } from "react-i18next";
import { Link, Navigate } from "react-router";

import { Button } from "@/components/ui/Button";
import { useMe } from "@/lib/session";

import { ShotSheet } from "./ShotSheet";
import { Splash } from "./Splash";

const STEPS = ["contribute", "judge", "earn", "train"] as const;

/** What strangers see first; who is signed in goes to work. */
export function Landing() {
  const { t } = useTranslation();
  const { data: me, isPending } = useMe();
  if (isPending) return <Splash />;
  if (me) return <Navigate to="/campaigns" replace />;
  return (
    <div className="mx-auto grid max-w-7xl gap-16 px-4 pt-12 pb-24 sm:px-8 sm:pt-20 lg:grid-cols-[minmax(0,1fr)_minmax(0,30rem)]">
      <div className="grid content-center gap-6">
        <div className="clapper h-2.5 w-36 rounded-sm" aria-hidden />
        <h1 className="text-3xl xl:text-[3.5rem] xl:leading-[1.04]">{t("landing.title")}</h1>
        <p className="max-w-2xl text-lg text-muted">{t("landing.text")}</p>
        <div className="flex flex-wrap gap-3 pt-2">
          <Button asChild look="primary" size="lg">
            <Link to="/sign-up">{t("landing.join")}</Link>
          </Button>
          <Button asChild size="lg">
            <Link to="/sign-in">{t("sign_in")}</Link>
          </Button>
        </div>
      </div>
      <ShotSheet />
      <ol className="col-span-full grid gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-2 lg:grid-cols-4">
        {STEPS.map((step, index) => (
          <li key={step} className="grid content-start gap-2 bg-surface p-6">
            <span className="figures justify-self-start text-sm text-tungsten">{`0${index + 1}`}</span>
            <h2 className="text-lg">{t(`landing.${step}.title`)}</h2>
            <p className="text-sm text-muted">{t(`landing.${step}.text`)}</p>
          </li>
        ))}
      </ol>
    </div>
  );
}
