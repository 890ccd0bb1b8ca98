import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Tag } from "../../ui/tag.tsx";
import { type DeviceTrouble, troubleOf } from "../room/use-live.ts";
import { type Reached, tryPicture, tryWords } from "./reach.ts";

/** Camera and microphone only when asked for; whether words and picture come through at once. Each answer says what to do next. */
export function DeviceCheck({ seminarId }: { seminarId: string }) {
  const { t } = useTranslation("seminars");
  const [words, setWords] = useState<Reached | null>(null);
  const [picture, setPicture] = useState<Reached | null>(null);
  const reach = useCallback(() => {
    setWords(null);
    setPicture(null);
    void tryWords().then(setWords);
    void tryPicture(seminarId).then(setPicture);
  }, [seminarId]);
  useEffect(reach, [reach]);
  return (
    <ul className="rows">
      <Line name={t("check.words")} answer={words} good={t("check.wordsGood")} bad={t("check.wordsBad")} />
      <Line name={t("check.picture")} answer={picture} good={t("check.pictureGood")} bad={t(`check.pictureBad.${picture === "browser" || picture === "server" ? picture : "network"}`)}>
        {picture !== null && picture !== "good" && <Button type="button" onClick={reach}>{t("live.tryAgain")}</Button>}
      </Line>
      <Device kind="microphone" />
      <Device kind="camera" />
    </ul>
  );
}

function Line({ name, answer, good, bad, children }: { name: string; answer: Reached | null; good: string; bad: string; children?: ReactNode }) {
  const { t } = useTranslation("seminars");
  return (
    <li className="flex-wrap">
      <div className="min-w-0 flex-1 basis-60" role="status">
        <p className="flex flex-wrap items-center gap-x-3"><b className="font-semibold">{name}</b>{answer === null ? <Tag>{t("check.trying")}</Tag> : answer === "good" ? <Tag tone="done">{t("check.good")}</Tag> : <Tag tone="mind">{t("check.bad")}</Tag>}</p>
        {answer !== null && <p className="text-small text-ink-2">{answer === "good" ? good : bad}</p>}
      </div>
      {children}
    </li>
  );
}

/** One device, tried on its own, so that whoever has no camera still tries the microphone. */
function Device({ kind }: { kind: "camera" | "microphone" }) {
  const { t } = useTranslation("seminars");
  const [stream, setStream] = useState<MediaStream | null>(null);
  const [trouble, setTrouble] = useState<DeviceTrouble | null>(null);
  const seen = useRef<HTMLVideoElement>(null);
  const level = useLevel(kind === "microphone" ? stream : null);
  useEffect(() => {
    if (seen.current) seen.current.srcObject = stream;
    return () => stream?.getTracks().forEach((track) => track.stop());
  }, [stream]);
  const ask = async () => {
    setTrouble(null);
    try {
      // Without a secure address there are no devices at all.
      if (!navigator.mediaDevices) return setTrouble("denied");
      setStream(await navigator.mediaDevices.getUserMedia(kind === "camera" ? { video: true } : { audio: true }));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
  };
  return (
    <li className="flex-wrap">
      <div className="grid min-w-0 flex-1 basis-60 gap-2">
        <p className="flex flex-wrap items-center gap-x-3"><b className="font-semibold">{t(`live.device.${kind}`)}</b>{trouble && <Tag tone="mind">{t("check.bad")}</Tag>}{stream && (kind === "camera" || level > 0.02) && <Tag tone="done">{t("check.good")}</Tag>}</p>
        {trouble && <p role="alert" className="text-small text-amber">{t(`live.trouble.${trouble}`, { device: t(`live.device.${kind}`) })} {t("check.withoutDevice")}</p>}
        {stream && kind === "camera" && <video ref={seen} muted playsInline autoPlay aria-label={t("check.seen")} className="aspect-video w-full max-w-80 rounded-round bg-well object-cover" />}
        {stream && kind === "microphone" && <><p className="text-small text-ink-2">{t("check.speak")}</p><meter min={0} max={1} value={level} aria-label={t("check.level")} className="w-full max-w-80" /></>}
      </div>
      {stream ? <Button type="button" weight="quiet" onClick={() => setStream(null)}>{t("check.stop")}</Button> : <Button type="button" onClick={() => void ask()}>{t(kind === "camera" ? "check.tryCamera" : "check.tryMicrophone")}</Button>}
    </li>
  );
}

/** How loud a microphone is now, from 0 to 1. */
function useLevel(stream: MediaStream | null): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!stream) return setLevel(0);
    const context = new AudioContext();
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      setLevel(Math.min(1, 4 * Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length)));
    }, 120);
    return () => {
      clearInterval(timer);
      void context.close();
    };
  }, [stream]);
  return level;
}
