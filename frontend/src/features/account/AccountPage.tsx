import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { Page } from "@/components/ui/Page";
import { Failed, LoadingRows } from "@/components/ui/states";
import { Tabs } from "@/components/ui/Tabs";
import { useSignedIn } from "@/lib/session";

import { useAuthenticators } from "./api/authenticators";
import { Email, Password } from "./components/Credentials";
import { NotificationSettings } from "./components/NotificationSettings";
import { OneTimeCodes } from "./components/OneTimeCodes";
import { Passkeys } from "./components/Passkeys";
import { PayoutAddress } from "./components/PayoutAddress";
import { Profile } from "./components/Profile";
import { RecoveryCodes } from "./components/RecoveryCodes";
import { Sessions } from "./components/Sessions";
import { Tokens } from "./components/Tokens";
import { Wallets } from "./components/Wallets";
import { useProof } from "./hooks/useProof";

export function Component() {
  const { t } = useTranslation("account");
  const me = useSignedIn();
  const [query, setQuery] = useSearchParams();
  const money = me.may?.includes("payout_address.set");
  const wallets = (
    <>
      {money && <PayoutAddress />}
      <Wallets />
    </>
  );
  return (
    <Page title={t("title")} lead={<bdi>{me.email}</bdi>}>
      <Tabs
        label={t("title")}
        value={query.get("tab") ?? "profile"}
        onChange={(tab) => setQuery({ tab }, { replace: true })}
        tabs={[
          { value: "profile", label: t("tab.profile"), content: <Profile /> },
          { value: "security", label: t("tab.security"), content: <Security /> },
          { value: "wallets", label: t("tab.wallets"), content: wallets },
          { value: "notifications", label: t("notify.title"), content: <NotificationSettings /> },
          { value: "tokens", label: t("tab.tokens"), content: <Tokens /> },
        ]}
      />
    </Page>
  );
}

function Security() {
  const { withProof, dialog } = useProof();
  const authenticators = useAuthenticators();
  if (authenticators.isPending) return <LoadingRows />;
  if (authenticators.isError)
    return <Failed error={authenticators.error} onRetry={() => void authenticators.refetch()} />;
  const of = (type: string) => authenticators.data.filter((one) => one.type === type);
  return (
    <>
      <Passkeys passkeys={of("webauthn")} withProof={withProof} />
      <OneTimeCodes active={of("totp").length > 0} withProof={withProof} />
      {authenticators.data.length > 0 && (
        <RecoveryCodes codes={of("recovery_codes")[0]} withProof={withProof} />
      )}
      <Password withProof={withProof} />
      <Email withProof={withProof} />
      <Sessions />
      {dialog}
    </>
  );
}
