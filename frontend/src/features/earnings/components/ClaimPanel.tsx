import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { Button } from "@/components/ui/Button";
import { CopyText } from "@/components/ui/CopyText";
import { Tokens } from "@/components/ui/figures";
import { Panel } from "@/components/ui/Panel";
import { Failed, LoadingRows, Notice } from "@/components/ui/states";
import { toast, toastError } from "@/components/ui/Toasts";
import { WalletButtons } from "@/components/ui/WalletButtons";
import { errorText } from "@/lib/errors";
import { refusedByPerson } from "@/lib/wallet";

import { type Claim, ClaimReverted, useClaim, useClaimByWallet, useSponsoredClaim } from "../api/claim";

/** Claiming what the tree in force holds for this person: by their wallet, or sent by the platform. */
export function ClaimPanel() {
  const { t } = useTranslation("earnings");
  const claim = useClaim();
  return (
    <Panel title={t("claim.title")}>
      {claim.isPending && <LoadingRows rows={2} />}
      {claim.isError && <Failed error={claim.error} onRetry={() => void claim.refetch()} />}
      {claim.data === null && (
        <div className="grid gap-3 text-sm text-muted">
          <p>{t("claim.none")}</p>
          <Link to="/account?tab=wallets" className="text-ink underline underline-offset-4">
            {t("claim.address")}
          </Link>
        </div>
      )}
      {claim.data && <OpenClaim claim={claim.data} />}
    </Panel>
  );
}

function OpenClaim({ claim }: { claim: Claim }) {
  const { t } = useTranslation("earnings");
  const byWallet = useClaimByWallet();
  const sponsored = useSponsoredClaim();
  const nothing = BigInt(claim.claimable_wei) === 0n;
  const failed = byWallet.error && !refusedByPerson(byWallet.error);
  return (
    <div className="grid gap-4">
      <p className="text-2xl">
        <Tokens wei={claim.claimable_wei} />
      </p>
      {byWallet.data && <Notice tone="good">{t("claim.sent")}</Notice>}
      {byWallet.data && <CopyText text={byWallet.data} />}
      {failed && (
        <Notice tone="bad">
          {byWallet.error instanceof ClaimReverted ? t("claim.reverted") : errorText(byWallet.error)}
        </Notice>
      )}
      {nothing ? (
        <p className="text-sm text-muted">{t("claim.all")}</p>
      ) : (
        <>
          <WalletButtons
            label={(name) => t("claim.by_wallet", { name })}
            busy={byWallet.isPending}
            onChoose={(wallet) => byWallet.mutate({ claim, wallet })}
          />
          <Button
            busy={sponsored.isPending}
            disabled={sponsored.isSuccess}
            onClick={() =>
              sponsored.mutate(undefined, {
                onSuccess: () => toast(t("claim.asked")),
                onError: toastError,
              })
            }
          >
            {t("claim.sponsored")}
          </Button>
        </>
      )}
      <Proof claim={claim} />
    </div>
  );
}

function Proof({ claim }: { claim: Claim }) {
  const { t } = useTranslation("earnings");
  const facts = {
    payee: claim.payee,
    distributor: claim.distributor,
    root: claim.epoch.merkle_root,
    leaf: claim.contributor_id,
    proof: claim.proof.join("\n"),
  };
  return (
    <details className="text-sm">
      <summary className="text-muted">{t("claim.proof")}</summary>
      <dl className="mt-3 grid gap-3">
        {Object.entries(facts).map(([name, value]) => (
          <div key={name} className="grid gap-1">
            <dt className="text-xs text-muted">{t(`claim.fact.${name}`)}</dt>
            <dd className="figures text-xs [overflow-wrap:anywhere] whitespace-pre-wrap">{value || "–"}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
