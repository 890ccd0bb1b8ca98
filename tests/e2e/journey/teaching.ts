import { isSaved, writes } from "./drafting.ts";
import { opensLesson, type Teacher } from "./people.ts";

/** Makes the common plan her own and changes what her class needs. */
export async function makesItHerOwn(teacher: Teacher, lesson: string, changes: Readonly<Record<string, string>>): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow("做成我的教案");
  await teacher.press("做成我的教案");
  await teacher.reads("只有您自己看得到");
  for (const [section, words] of Object.entries(changes)) await writes(teacher, section, words);
  await isSaved(teacher);
}

export async function taughtIt(teacher: Teacher, lesson: string, run: { toClass: string; changed: string }): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow("我上过了");
  await teacher.fill("班级", run.toClass);
  await teacher.fill("改了什么", run.changed);
  await teacher.press("记下来");
  await teacher.reads(`${teacher.name} · ${run.toClass}`);
}

export async function reflects(teacher: Teacher, lesson: string, answers: Readonly<Record<string, string>>): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.follow("写反思");
  for (const [prompt, words] of Object.entries(answers)) await teacher.fill(prompt, words);
  await teacher.choose("给谁看", "工作室的人");
  await teacher.press("存下来");
  for (const words of Object.values(answers)) await teacher.reads(words);
}
