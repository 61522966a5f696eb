/// <reference types="vitest/config" />
import { fileURLToPath } from "node:url";

import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const PLATFORM = process.env.OPENSLATE_ADDRESS ?? "http://localhost:8000";
const proxied = {
  target: PLATFORM,
  changeOrigin: true,
  headers: { origin: PLATFORM, referer: `${PLATFORM}/` },
};

/** Built files are served by Django under /static/app/; `npm run dev` passes the API on to a running platform. */
export default defineConfig(({ command }) => ({
  cacheDir: ".vite",
  base: command === "build" ? "/static/app/" : "/",
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  build: {
    manifest: true,
    target: "es2023",
    assetsInlineLimit: 0, // the content security policy allows no data: scripts or fonts
    modulePreload: { polyfill: false },
    rolldownOptions: { input: "src/main.tsx" },
  },
  server: { proxy: { "/api": proxied, "/_allauth": proxied, "/static": proxied } },
  test: {
    environment: "jsdom",

    include: ["src/**/*.test.{ts,tsx}"],
  },
}));
