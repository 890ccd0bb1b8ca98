import { useRevalidator } from "@remix-run/react";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { ACCEPTED } from "./kinds.ts";
import type { FileRefusal } from "./refusals.ts";
import { FILE_REFUSALS } from "./refusals.ts";
import type { RunningUpload, UploadTo } from "./upload.ts";
import { upload } from "./upload.ts";

interface Props {
  ownerType: UploadTo["ownerType"];
  ownerId: string;
  /** The page to come back to where there is no script. */
  back: string;
  /** Why a form without script came back without its file: the page's `?refused=`. */
  refused: string | null;
}

type State =
  | { at: "idle" }
  | { at: "sending" | "checking" | "waiting" | "storeAway" | "paused" | "done"; name: string; percent: number }
  | { at: "refused"; name: string; reason: FileRefusal };

const KINDS = ["courseware", "worksheet", "document", "image"] as const;

/** Takes one file for a plan or seminar. With script it is sent in pieces and goes on after a cut; without, it is a plain form. */
export function UploadField({ ownerType, ownerId, back, refused }: Props) {
  const { t } = useTranslation("files");
  const id = useId();
  const { revalidate } = useRevalidator();
  const [state, setState] = useState<State>(cameBack(refused));
  const running = useRef<RunningUpload>();
  useEffect(() => () => running.current?.pause(), []);

  function send(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget;
    const data = new FormData(form);
    const file = data.get("file");
    if (!(file instanceof File) || file.name === "") return;
    event.preventDefault();
    const { name } = file;
    let percent = 0;
    const say = (at: "sending" | "checking" | "waiting" | "storeAway" | "done") => setState({ at, name, percent });
    const kind = KINDS.find((one) => one === data.get("kind")) ?? "document";
    say("sending");
    void upload(file, { ownerType, ownerId, kind }, {
      progress: (share) => {
        percent = Math.floor(share * 100);
        say("sending");
      },
      checking: () => say("checking"),
      waiting: (_share, what) => say(what === "store" ? "storeAway" : "waiting"),
      done: () => {
        say("done");
        form.reset();
        revalidate();
      },
      refused: (reason) => setState({ at: "refused", name, reason }),
    }).then((started) => {
      running.current = started;
    });
  }

  const busy = state.at === "sending" || state.at === "checking" || state.at === "waiting" || state.at === "storeAway" || state.at === "paused";
  return (
    <form method="post" action="/uploads/simple" encType="multipart/form-data" className="mt-3 grid gap-2" onSubmit={send}>
      <input type="hidden" name="ownerType" value={ownerType} />
      <input type="hidden" name="ownerId" value={ownerId} />
      <input type="hidden" name="back" value={back} />
      <label className="grid gap-1 text-small">
        {t("upload.kind")}
        <select name="kind" className="min-h-touch rounded-round border border-rule bg-sheet px-2 md:min-h-9">
          {KINDS.map((kind) => <option key={kind} value={kind}>{t(`kind.${kind}`)}</option>)}
        </select>
      </label>
      <label className="grid gap-1 text-small">
        {t("upload.choose")}
        <input type="file" name="file" required accept={ACCEPTED} aria-describedby={`${id}-hint`} className="min-w-0" />
      </label>
      <p id={`${id}-hint`} className="text-small text-ink-3">{t("upload.hint")}</p>
      {busy && <progress max={100} value={state.at === "checking" ? undefined : state.percent} aria-label={t("upload.progress", { name: state.name, percent: state.percent })} className="w-full" />}
      <p role="status" className="text-small text-ink-2 empty:hidden">{words(state)}</p>
      {state.at === "refused" && <p role="alert" className="text-small text-cinnabar">{state.name ? t("upload.failed", { name: state.name, reason: t(`refused.${state.reason}`) }) : t(`refused.${state.reason}`)}</p>}
      {busy ? (
        <div className="flex gap-2">
          {state.at === "paused" ? (
            <Button type="button" onClick={() => { running.current?.resume(); setState({ ...state, at: "sending" }); }}>{t("upload.resume")}</Button>
          ) : (
            <Button type="button" onClick={() => { running.current?.pause(); setState({ ...state, at: "paused" }); }}>{t("upload.pause")}</Button>
          )}
          <Button type="button" weight="quiet" onClick={() => { running.current?.cancel(); setState({ at: "idle" }); }}>{t("upload.cancel")}</Button>
        </div>
      ) : (
        <Button>{t("upload.send")}</Button>
      )}
    </form>
  );

  function words(now: State): string {
    switch (now.at) {
      case "sending":
        return t("upload.progress", { name: now.name, percent: now.percent });
      case "checking":
        return t("upload.checking", { name: now.name });
      case "waiting":
        return t("upload.waiting", { percent: now.percent });
      case "storeAway":
        return t("upload.storeAway", { percent: now.percent });
      case "paused":
        return t("upload.paused", { percent: now.percent });
      case "done":
        return t("upload.done", { name: now.name });
      default:
        return "";
    }
  }
}

function cameBack(refused: string | null): State {
  const reason = FILE_REFUSALS.find((one) => one === refused);
  return reason ? { at: "refused", name: "", reason } : { at: "idle" };
}
