import { REASONS } from "@/lib/reasons";
import type { Player } from "../model/player";

import { reasonCode, VERDICTS } from "../model/choices";
import type { useDesk } from "./use-desk";
import { type Keys, useKeys } from "./use-keys";

/** The desk's keyboard; `KeySheet` tells people about it. */
export function useDeskKeys(player: Player, desk: ReturnType<typeof useDesk>, onSheet: () => void): void {
  const judging = Object.fromEntries([
    ...VERDICTS.map(({ verdict, key }) => [`Key${key}`, () => desk.change({ verdict })]),
    ...REASONS.map((reason, index) => [reasonCode(index), () => desk.toggle(reason)]),
  ]) as Keys;
  useKeys({
    ...judging,
    Space: player.toggle,
    KeyJ: () => player.shuttle(-1),
    KeyK: player.pause,
    KeyL: () => player.shuttle(1),
    Comma: () => player.step(-1),
    Period: () => player.step(1),
    KeyI: () => player.mark("in"),
    KeyO: () => player.mark("out"),
    KeyM: player.mute,
    Home: () => player.seek(0),
    KeyN: () => desk.note.current?.focus(),
    KeyS: desk.skip,
    "Ctrl+Enter": desk.cast,
    "Shift+Slash": onSheet,
  });
}
