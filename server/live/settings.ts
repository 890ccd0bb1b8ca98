import type { Relay } from "./relay.ts";

/** What an administrator may set about the media server; `server/env.ts` reads it. */
export interface LiveSettings {
  dataDir: string;
  /** A media server that somebody else runs: nothing is installed or started. */
  external?: LiveServer | undefined;
  relay?: Relay | undefined;
  /** Whether one may be fetched where none is found. */
  install: boolean;
  /** The address under which browsers reach this machine for media. Default: the first that is not loopback; for a server on loopback, 127.0.0.1. */
  nodeIp?: string | undefined;
  /** Whether this installation is reached from this machine only. */
  loopbackOnly: boolean;
  /** Wanted ports; where one is taken, a free one is used. Zero: any free one. */
  ports?: Partial<LivePorts> | undefined;
  release?: { url?: string | undefined; sha256?: string | undefined } | undefined;
  /** Where LiveKit reports what happened: our own `/live/webhook`, as the media server reaches it. Asked when the media server starts. */
  webhookUrl(): string;
  /** The environment of the programs that are started; its PATH is searched for `livekit-server` and `go`. */
  environment: NodeJS.ProcessEnv;
}

export interface LivePorts {
  /** Signalling and API, on loopback. */
  http: number;
  /** Media over TCP, where UDP is blocked. */
  tcp: number;
  /** Media over UDP: three ports for each person inside, as measured. */
  udpFrom: number;
  udpTo: number;
}

export const DEFAULT_PORTS: LivePorts = { http: 7880, tcp: 7881, udpFrom: 50_000, udpTo: 51_999 };

/** Where a media server answers, and the key that it honours. */
export interface LiveServer {
  url: string;
  apiKey: string;
  apiSecret: string;
}

export interface LiveLog {
  info(about: object, message: string): void;
  warn(about: object, message: string): void;
  error(about: object, message: string): void;
}
