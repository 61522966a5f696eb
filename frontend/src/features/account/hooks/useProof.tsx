import { type ReactNode, useCallback, useState } from "react";

import { ProveAgain } from "../api/manage";
import { ProofDialog } from "../components/ProofDialog";

type Waiting = { ways: string[]; settle: (proved: boolean) => void };
export type WithProof = <T>(call: () => Promise<T>) => Promise<T>;

/** `withProof(call)` makes a call that may ask who one is: it then shows the dialog and makes the call once more. */
export function useProof(): { withProof: WithProof; dialog: ReactNode } {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const withProof = useCallback(async <T,>(call: () => Promise<T>): Promise<T> => {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof ProveAgain)) throw error;
      const proved = await new Promise<boolean>((settle) => setWaiting({ ways: error.ways, settle }));
      setWaiting(null);
      if (!proved) throw error;
      return call();
    }
  }, []);
  return { withProof, dialog: waiting && <ProofDialog ways={waiting.ways} onSettled={waiting.settle} /> };
}
