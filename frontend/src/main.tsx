import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { startI18n } from "@/lib/i18n";
import "@/lib/nonce";
import { applyTheme } from "@/lib/theme";
import "@/styles/index.css";

applyTheme();
await startI18n();
createRoot(document.getElementById("app")!).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
