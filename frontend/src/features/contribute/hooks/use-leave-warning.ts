import { useEffect } from "react";

import { totals } from "../uploads/totals";
import { uploader } from "../uploads/uploader";
import { useKeeper } from "./use-draft";

/** The browser asks before it closes a window in which something is still on its way. */
export function useLeaveWarning(): void {
  const keeper = useKeeper();
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      const unsaved = keeper.snapshot.state !== "saved";
      if (unsaved) void keeper.save();
      if (unsaved || totals(uploader.snapshot.uploads).going) event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [keeper]);
}
