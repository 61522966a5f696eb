/** What a page does not need to show itself: fetched when it is first wanted, or in the quiet after the page has come. */
import { type ComponentType, lazy, type LazyExoticComponent } from "react";

const QUIET_AFTER_MS = 3_000;

/** A component of another file, there when it is wanted, also where the connection is gone by then. */
export function later<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  let loading: ReturnType<typeof load> | undefined;
  const fetched = () => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  setTimeout(() => void fetched().catch(() => undefined), QUIET_AFTER_MS);
  return lazy(fetched);
}
