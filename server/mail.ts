import { createTransport } from "nodemailer";
import type { Logger } from "pino";

export interface Mail {
  /** Whether an administrator configured a way to send. */
  works: boolean;
  /** @throws when the server does not take it; the job comes back later */
  send(letter: { to: string; subject: string; text: string }): Promise<void>;
}

/** Mail by SMTP. Without SMTP, what would have been sent stands in the log, for the operator. */
export function makeMail(smtp: string | undefined, from: string, log: Logger): Mail {
  if (!smtp) {
    return {
      works: false,
      send: async (letter) => log.warn({ subject: letter.subject, text: letter.text }, "no SMTP is configured; this letter was not sent"),
    };
  }
  const transport = createTransport(smtp);
  return { works: true, send: async (letter) => void (await transport.sendMail({ from, ...letter })) };
}
