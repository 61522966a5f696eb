import type { ComponentType } from "react";
import type { LoaderFunction, RouteObject } from "react-router";

import i18n from "i18next";

import { textsStarted } from "@/lib/i18n";

/**
 * A page that is loaded, with its feature's texts (and others it shares), when its address is opened. What its loader
 * asks the server for does not wait for the texts.
 */
export function page(
  path: string,
  namespace: string | string[],
  load: () => Promise<{ Component: ComponentType; loader?: LoaderFunction }>,
): RouteObject {
  const texts = () => textsStarted.then(() => i18n.loadNamespaces(namespace));
  return {
    path,
    lazy: {
      loader: async () => (await load()).loader,
      Component: async () => (await Promise.all([load(), texts()]))[0].Component,
    },
  };
}
