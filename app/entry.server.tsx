import { Writable } from "node:stream";
import { type ActionFunctionArgs, type AppLoadContext, type EntryContext, type LoaderFunctionArgs } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { localeOf } from "./http/locale.server.ts";
import { faultOf } from "./http/refusals.ts";
import { words } from "./http/words.server.ts";
import { overheard } from "./i18n/rooms.ts";
import { RequestNumber } from "./ui/fault-number.ts";
import { Nonce } from "./ui/nonce.ts";

/** After this a page that is still waiting for data is given up. */
const PATIENCE_MS = 10_000;

export const streamTimeout = PATIENCE_MS;

export default async function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, context: AppLoadContext): Promise<Response> {
  // Where people cannot be looked up the page says so; that this fails too is written down already.
  const locale = localeOf(request, await context.viewer().catch(() => null));
  return new Promise((resolve, reject) => {
    let failed = false;
    // Left to run out, it would hold on to the whole page for that long, of a busy minute several thousand.
    const patience = setTimeout(() => abort(), PATIENCE_MS + 1000).unref();
    const { pipe, abort } = renderToPipeableStream(
      <Nonce.Provider value={context.nonce}>
        <I18nextProvider i18n={overheard(words[locale])}>
          <RequestNumber.Provider value={context.requestId}>
            <RemixServer context={remix} url={request.url} nonce={context.nonce} />
          </RequestNumber.Provider>
        </I18nextProvider>
      </Nonce.Provider>,
      {
        nonce: context.nonce,
        // No page has parts that come later, so nobody waits longer for it in one piece, which is packed at once and smaller.
        onAllReady() {
          clearTimeout(patience);
          headers.set("content-type", "text/html; charset=utf-8");
          if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
          headers.append("vary", "cookie, accept-language");
          pipe(inOnePiece((page) => resolve(new Response(page, { headers, status: failed ? 500 : status }))));
        },
        onShellError(error) {
          clearTimeout(patience);
          reject(error as Error);
        },
        onError(error: unknown) {
          failed = true;
          context.fault(error);
        },
      },
    );
  });
}

function inOnePiece(done: (page: Buffer<ArrayBuffer>) => void): Writable {
  const pieces: Buffer[] = [];
  return new Writable({
    // React takes the end of what it wrote to for somebody who hung up, and ends it a second time.
    emitClose: false,
    write(piece: Buffer, _encoding, next) {
      pieces.push(piece);
      next();
    },
    final(next) {
      done(Buffer.concat(pieces));
      next();
    },
  });
}

/** Refusals are answers; what is not one is a fault, written down once with the number that the reader sees. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (!request.signal.aborted && faultOf(error)) context.fault(error);
}
