import { DEMO_PASSWORD, demoLogin } from "#server/demo/people.ts";

/** The cookies of somebody of the demonstration. */
export async function signedIn(url: string, key: string): Promise<string> {
  const answer = await fetch(`${url}/sign-in`, { method: "POST", redirect: "manual", headers: { origin: url }, body: new URLSearchParams({ login: demoLogin(key), password: DEMO_PASSWORD }) });
  if (answer.status !== 302) throw new Error(`${key} could not sign in: ${answer.status}`);
  return answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
}
