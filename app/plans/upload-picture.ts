import { FILE_REFUSALS, type FileRefusal } from "../files/refusals.ts";

/**
 * Puts a picture into a plan's files and gives the id by which the text names it.
 *
 * @param say the sentence of a refusal in the person's language
 * @throws Error with that sentence; without words when no answer came that says why
 */
export async function uploadPicture(planId: string, file: File, say: (refusal: FileRefusal) => string): Promise<{ attachmentId: string }> {
  const form = new FormData();
  for (const [name, value] of [["ownerType", "plan"], ["ownerId", planId], ["kind", "image"], ["inline", "1"]] as const) form.append(name, value);
  form.append("file", file);
  const answer = await fetch("/uploads/simple", { method: "POST", body: form, headers: { accept: "application/json" } }).then(answerOf, (): Answer => ({ refused: "cut_off" }));
  if (answer.attachmentId) return { attachmentId: answer.attachmentId };
  const refusal = FILE_REFUSALS.find((one) => one === answer.refused);
  throw new Error(refusal && say(refusal));
}

/** The two forms in which the upload answers; neither, where something before it answered. */
interface Answer {
  attachmentId?: string;
  refused?: string;
}

async function answerOf(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch {
    return {};
  }
}
