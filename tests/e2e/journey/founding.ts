import { PASSWORD, type Teacher } from "./people.ts";

/** The link that an empty installation printed makes the first system operator. */
export async function becomesOperator(operator: Teacher, printed: string): Promise<void> {
  await operator.page.goto(/\/setup\/\S+/.exec(printed)?.[0] ?? "no link was printed");
  await operator.fill("姓名", operator.name);
  await operator.fill("邮箱、手机号或工号", "qian@example.org");
  await operator.fill("密码", PASSWORD);
  await operator.page.getByRole("checkbox", { name: /我同意同研/ }).check();
  await operator.press("建立账号");
  await operator.reads("现在由谁担任");
}

export async function appointsOver(operator: Teacher, region: string, officer: Teacher): Promise<void> {
  await operator.page.goto("/operations/people");
  await operator.fill("姓名、邮箱、手机号或工号", officer.name);
  await operator.press("找");
  await operator.follow("任命");
  await operator.choose("职责", "区域管理员");
  const place = await operator.page.locator("select[name=regionId] option", { hasText: region }).first().getAttribute("value");
  await operator.field("管哪里").selectOption(place);
  await operator.press("任命");
  await operator.page.waitForURL((address) => address.pathname === "/operations/people");
}

export async function entersSchool(officer: Teacher, school: { name: string; county: string; locale: string }): Promise<void> {
  await officer.page.goto("/me");
  await officer.follow("区域管理");
  await officer.follow("登记一所学校");
  await officer.fill("校名", school.name);
  await officer.choose("所在县", school.county);
  await officer.choose("城乡", school.locale);
  await officer.press("保存");
  await officer.reads(school.name);
}

/** Says of every teacher who waits there that they teach at this school. */
export async function confirmsTeachersOf(officer: Teacher, school: string, names: readonly string[]): Promise<void> {
  await officer.page.goto("/me");
  await officer.follow("区域管理");
  await officer.page.getByRole("listitem").filter({ hasText: school }).getByRole("link", { name: "老师" }).click();
  for (const name of names) {
    await officer.page.getByRole("listitem").filter({ hasText: name }).getByRole("button", { name: "确认是本校老师" }).click();
    await officer.page.getByRole("listitem").filter({ hasText: name }).getByRole("link", { name }).waitFor();
  }
}

export async function draftsStudio(master: Teacher, studio: { name: string; region: string; intro: string }): Promise<void> {
  await master.page.goto("/studios");
  await master.follow("筹建工作室");
  await master.fill("名称", studio.name);
  await master.fill("一句话介绍", studio.intro);
  const place = await master.page.locator("select[name=regionId] option", { hasText: studio.region }).first().getAttribute("value");
  await master.field("所在地区").selectOption(place);
  await master.press("保存并送审");
  await master.page.getByRole("heading", { name: "这是一份筹建方案" }).waitFor();
}

export async function approvesStudio(officer: Teacher, studio: string): Promise<void> {
  await officer.page.goto("/inbox");
  await officer.press(new RegExp(`筹建${studio}，等您审批`));
  await officer.follow("批准成立");
  await officer.press("批准");
  await officer.page.getByRole("img", { name: /位学科带头人/ }).waitFor();
}

export async function makesGroup(master: Teacher, studio: string, group: string): Promise<void> {
  await opensStudio(master, studio);
  await master.follow("分组");
  await master.follow("新建分组");
  await master.fill("组名", group);
  await master.press("保存");
  await master.reads(group);
}

export async function invites(master: Teacher, studio: string, invited: Teacher, as: { role: string; group?: string }): Promise<void> {
  await opensStudio(master, studio);
  await master.follow("邀请");
  await master.fill("姓名", invited.name);
  await master.press("找");
  await master.page.getByRole("radio", { name: new RegExp(invited.name) }).check();
  await master.choose("请做", as.role);
  if (as.group) await master.choose("分组", as.group);
  await master.press("发出邀请");
  await master.reads("等答复的邀请");
}

export async function acceptsInvitation(invited: Teacher, studio: string): Promise<void> {
  await invited.page.goto("/inbox");
  await invited.press(new RegExp(`请您到${studio}`));
  await invited.press("接受");
  await invited.reads(/您是这里的/);
}

export async function applies(trainee: Teacher, studio: string): Promise<void> {
  await opensStudio(trainee, studio);
  await trainee.follow("申请加入");
  await trainee.fill("想说的话", "我在复式班教数学，想学怎么备分数这一课。");
  await trainee.press("申请");
  await trainee.reads("您的申请在等审核");
}

export async function admits(master: Teacher, studio: string, trainee: Teacher): Promise<void> {
  await master.page.goto("/inbox");
  await master.press(new RegExp(`申请加入${studio}`));
  await master.page.getByRole("checkbox", { name: `选中 ${trainee.name}` }).check();
  await master.press("录取选中的");
  await master.reads("录取了 1 位");
}

export async function opensStudio(teacher: Teacher, studio: string): Promise<void> {
  await teacher.page.goto("/studios");
  await teacher.follow(new RegExp(studio));
  await teacher.page.getByRole("heading", { name: studio, level: 1 }).waitFor();
}
