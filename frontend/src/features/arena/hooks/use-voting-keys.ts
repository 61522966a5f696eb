import { useEffect, useEffectEvent } from "react";

/** Plain letters, while nobody types and no dialog is open. */
export function useVotingKeys(keys: Record<string, () => void>): void {
  const pressed = useEffectEvent((event: KeyboardEvent) => {
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
    const typing =
      event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [role=dialog]");
    if (!modified && !typing) keys[event.key.toLowerCase()]?.();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => pressed(event);
    addEventListener("keydown", listener);
    return () => removeEventListener("keydown", listener);
  }, []);
}
