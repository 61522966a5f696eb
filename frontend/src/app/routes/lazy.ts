import type { ComponentType } from "react";
import type { LoaderFunction, RouteObject } from "react-router";

import i18n from "i18next";

import { textsStarted } from "@/lib/i18n";

/** A page that is loaded, with its feature's texts (and others it shares), when its address is opened. */
export function page(
  path: string,
  namespace: string | string[],
  load: () => Promise<{ Component: ComponentType; loader?: LoaderFunction }>,
): RouteObject {
  return {
    path,
    lazy: async () => {
      const texts = textsStarted.then(() => i18n.loadNamespaces(namespace));
      const [loaded] = await Promise.all([load(), texts]);
      return loaded;
    },
  };
}
