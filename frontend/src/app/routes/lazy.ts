import type { ComponentType } from "react";
import type { RouteObject } from "react-router";

import i18n from "i18next";

/** A page that is loaded, with its feature's texts (and others it shares), when its address is opened. */
export function page(
  path: string,
  namespace: string | string[],
  load: () => Promise<{ Component: ComponentType }>,
): RouteObject {
  return {
    path,
    lazy: async () => {
      const [loaded] = await Promise.all([load(), i18n.loadNamespaces(namespace)]);
      return loaded;
    },
  };
}
