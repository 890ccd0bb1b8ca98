import { basename, resolve } from "node:path";
import { vitePlugin as remix } from "@remix-run/dev";
import tailwindcss from "@tailwindcss/vite";
import type { Plugin } from "vite";
import { defineConfig } from "vite";
import { denyImports } from "vite-env-only";
import remixOptions from "./remix.config.js";

declare module "@remix-run/server-runtime" {
  interface Future {
    v3_singleFetch: true;
  }
}

/** What the server throws and pages catch: of two copies of a class, an instance of one is none of the other. */
const THROWN_ACROSS = ["app/files/files.ts", "app/seminars/live-rooms.ts"];

/** Rooms with state live once, in the server's own modules: the page bundle leaves them to Node instead of carrying a second copy. */
function roomsOfTheServer(): Plugin {
  return {
    name: "rooms-of-the-server",
    enforce: "pre",
    apply: "build",
    async resolveId(id, importer, options) {
      if (!options?.ssr) return null;
      if (/^#(db|search|server)\//.test(id)) return { id, external: true };
      const thrown = THROWN_ACROSS.find((file) => id.endsWith(basename(file)));
      const found = thrown && (await this.resolve(id, importer, { ...options, skipSelf: true }));
      return found && found.id === resolve(import.meta.dirname, thrown) ? { id: `#${thrown}`, external: true } : null;
    },
  };
}

/** What every page needs comes in one piece, and what all need that show a document in another: each piece has its own headers and its own way over the line. */
function ownPieces(id: string): string | undefined {
  if (/\/app\/(plans\/(plan-body|person-ink|use-place|read-nodes|safe-link|image-address|editor\/plan-editor)|files\/attachment-list)\.tsx?$/.test(id)) return "document";
  return /vite\/preload-helper|\/app\/ui\/|\/app\/http\/(problems|refusals)|\/app\/lessons\/place\.tsx?$|\/app\/i18n\/rooms|node_modules\/(lucide-react\/dist\/esm\/(createLucideIcon|Icon|defaultAttributes|shared)|react-i18next\/)/.test(id) ? "ui" : undefined;
}

export default defineConfig({
  plugins: [
    // In development the scan for dependencies reads routes before their loaders are taken out, so the fence stands at the build only.
    { ...denyImports({ client: { files: ["db/**", "server/**", "search/**"] } }), apply: "build" },
    roomsOfTheServer(),
    tailwindcss(),
    remix(remixOptions),
  ],
  build: { target: "es2022", sourcemap: false, assetsInlineLimit: 0, rollupOptions: { output: { manualChunks: ownPieces } } },
  ssr: { noExternal: ["radix-ui"] },
});
