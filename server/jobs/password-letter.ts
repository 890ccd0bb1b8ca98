import { findIdentity } from "#db/identities.ts";
import type { JobPayloads } from "#db/jobs.ts";
import { findViewer } from "#db/viewer.ts";
import type { JobServices } from "./handlers.ts";

/** Sends the link by which a person sets a new password. Sent twice at worst; the link works once. */
export async function sendPasswordLetter({ db, mail, sessions, publicUrl }: JobServices, { personId, secret }: JobPayloads["mail.send"]): Promise<void> {
  const identity = await findIdentity(db, personId);
  const viewer = await findViewer(db, personId);
  if (!identity?.emailSealed || !viewer) return;
  const link = `${publicUrl}/password/reset/${sessions.unseal(secret)}`;
  const name = asName(identity.name);
  const letter =
    viewer.locale === "en"
      ? { subject: "Tongyan: set a new password", text: `${name ?? "Hello"},\n\nwith this link you set a new password. It works once, within an hour:\n\n${link}\n\nIf you did not ask for it, nothing needs to be done.\n` }
      : { subject: "同研：重设密码", text: `${name ? `${name}老师` : "您好"}：\n\n打开下面的链接，可以设一个新密码。链接一小时内有效，用一次就失效。\n\n${link}\n\n如果不是您要的，不用理会这封信。\n` };
  await mail.send({ to: sessions.unseal(identity.emailSealed), ...letter });
}

/** Whoever registers by another's address chooses what this letter calls them: no address, and no sentence, goes out by it. */
function asName(name: string): string | undefined {
  return /^[\p{L}\p{M}][\p{L}\p{M}\p{N} ·・'’-]{0,19}$/u.test(name) ? name : undefined;
}
