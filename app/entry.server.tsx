import { Transform } from "node:stream";
import { type ActionFunctionArgs, type AppLoadContext, createReadableStreamFromReadable, type EntryContext, type LoaderFunctionArgs } from "@remix-run/node";
import { RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { localeOf } from "./http/locale.server.ts";
import { faultOf } from "./http/refusals.ts";
import { words } from "./http/words.server.ts";
import { overheard } from "./i18n/rooms.ts";
import { Nonce } from "./ui/nonce.ts";

/** After this a page that is still waiting for data is given up. */
const PATIENCE_MS = 10_000;

export const streamTimeout = PATIENCE_MS;

export default async function handleRequest(request: Request, status: number, headers: Headers, remix: EntryContext, context: AppLoadContext): Promise<Response> {
  const locale = localeOf(request, await context.viewer());
  // Crawlers and pages of reading get everything in one piece; people get the frame first.
  const whole = isbot(request.headers.get("user-agent") ?? "") || remix.isSpaMode;
  return new Promise((resolve, reject) => {
    let failed = false;
    const { pipe, abort } = renderToPipeableStream(
      <Nonce.Provider value={context.nonce}>
        <I18nextProvider i18n={overheard(words[locale])}>
          <RemixServer context={remix} url={request.url} nonce={context.nonce} />
        </I18nextProvider>
      </Nonce.Provider>,
      {
        nonce: context.nonce,
        [whole ? "onAllReady" : "onShellReady"]() {
          const body = inLargePieces();
          headers.set("content-type", "text/html; charset=utf-8");
          if (!headers.has("cache-control")) headers.set("cache-control", "private, no-store");
          headers.append("vary", "cookie, accept-language");
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: failed ? 500 : status }));
          pipe(body);
        },
        onShellError: reject,
        onError(error: unknown) {
          failed = true;
          context.fault(error);
        },
      },
    );
    setTimeout(abort, PATIENCE_MS + 1000).unref();
  });
}

/** React writes 2 KB at a time, and each piece would be packed by itself, three times as large: what is written in one go goes out in one. */
function inLargePieces(): Transform {
  let held: Buffer[] = [];
  const release = (stream: Transform) => {
    if (held.length > 0) stream.push(Buffer.concat(held));
    held = [];
  };
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      if (held.length === 0) setImmediate(release, this);
      held.push(piece);
      done();
    },
    flush(done) {
      release(this);
      done();
    },
  });
}

/** Refusals are answers; what is not one is a fault, written down once with the number that the reader sees. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (!request.signal.aborted && faultOf(error)) context.fault(error);
}
