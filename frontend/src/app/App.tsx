import { QueryClientProvider } from "@tanstack/react-query";
import { Direction, Tooltip } from "radix-ui";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import { RouterProvider } from "react-router";

import { Toasts } from "@/components/ui/Toasts";
import { queryClient } from "@/lib/query";

import { router } from "./router";
import { Splash } from "./Splash";

export function App() {
  const { i18n } = useTranslation();
  return (
    <QueryClientProvider client={queryClient}>
      <Direction.Provider dir={i18n.dir()}>
        <Tooltip.Provider>
          <Suspense fallback={<Splash />}>
            <RouterProvider router={router} />
          </Suspense>
          <Toasts />
        </Tooltip.Provider>
      </Direction.Provider>
    </QueryClientProvider>
  );
}
