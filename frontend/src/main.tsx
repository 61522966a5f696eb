import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { textsStarted } from "@/lib/i18n";
import "@/lib/nonce";
import { queryClient } from "@/lib/query";
import { meQuery } from "@/lib/session";
import { applyTheme } from "@/lib/theme";
import "@/styles/index.css";

applyTheme();
void queryClient.prefetchQuery(meQuery); // asked while the texts and the page are loaded
await textsStarted;
createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
