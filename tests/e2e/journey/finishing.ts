import { isSaved, writes } from "./drafting.ts";
import { opensLesson, type Teacher } from "./people.ts";
import { opensCommonPlan } from "./writing.ts";

/** What was said is written into the plan from now on. */
export async function movesToRevision(lead: Teacher, lesson: string): Promise<void> {
  await opensLesson(lead, lesson);
  await lead.follow("进入修正");
  await lead.press("进入修正");
  await lead.reads("修正完善");
}

export async function rewrites(teacher: Teacher, lesson: string, section: string, words: string): Promise<void> {
  await opensCommonPlan(teacher, lesson);
  await writes(teacher, section, words);
  await isSaved(teacher);
}

export async function confirms(teacher: Teacher, lesson: string): Promise<void> {
  await opensLesson(teacher, lesson);
  await teacher.press("确认可以定稿");
  await teacher.reads("您已确认");
}

export async function finalises(lead: Teacher, lesson: string): Promise<void> {
  await opensLesson(lead, lesson);
  await lead.reads("不缺了，可以往前走");
  await lead.follow(/^定稿$/);
  await lead.press(/^定稿$/);
  await lead.reads("已定稿");
}
