import { createContext, use, useMemo, useSyncExternalStore } from "react";

import type { Medium } from "../api/take-review";
import { clockOf, shownAt } from "../model/media";
import { Player, type State } from "../model/player";
import { recordOf } from "../model/record";

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

/** New links to the same files must not make a new player: it would jump to the start. */
export function usePlayerOf(work: { media: Medium[]; record: Record<string, unknown> }): Player {
  const clip = shownAt(work.media, "video.asset");
  const sound = shownAt(work.media, "audio.asset");
  const { fps, frames } = clockOf(clip, recordOf(work.record).timeline, sound);
  return useMemo(() => new Player(fps, frames), [fps, frames]);
}
