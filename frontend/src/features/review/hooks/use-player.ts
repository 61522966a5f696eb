import { createContext, use, useSyncExternalStore } from "react";

import type { Player, State } from "../model/player";

const Shared = createContext<Player | null>(null);

/** The one player of the screen: picture, sound and words run by it. */
export const PlayerProvider = Shared.Provider;

export function usePlayer(): Player {
  const player = use(Shared);
  if (!player) throw new Error("There is no player around this component.");
  return player;
}

/** What of the player's state a component shows; it is drawn again only when that changes. */
export function usePlayerState<T extends number | boolean | State["loop"]>(pick: (state: State) => T): T {
  const player = usePlayer();
  return useSyncExternalStore(player.subscribe, () => pick(player.state));
}
