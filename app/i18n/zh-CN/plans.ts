export default {
  publish: "发表",
  contents: "目录", contentsAndMore: "目录、导入和导出", missingCount: "还缺 {{count}} 项", complete: "必填栏都写好了", done: "写好了", todo: "还没写好", empty: "（还没有写）", comments: "意见", noComments: "还没有意见。选中文字，或者在下面写一条。",
  read: "通读与打印", versions: "版本", head: "表头", importWord: "导入 Word", importHelp: "标题和表格会认成各个栏目；已经写了的栏目接在后面；认不出的放在“其他内容”里，一个字也不丢。导入之前的样子会留一版。", importFile: "Word 文件（docx）", importGo: "导入", importSending: "正在传。图多、网慢时要等一会儿，先不要离开这一页。", exportWord: "导出 Word", readOnly: "您可以看，不能改。", unreadable: "这份教案暂时打不开，写过的没有丢。过一会儿再试；一直打不开，请把编号告诉系统管理员。", readOnlyWhy: { individual_draft: "初备阶段，共案由主备人写。", finalised: "已经定稿，不再改动。要改，请做成自己的教案。", revealed: "初备已经公开，不再改动。", superseded: "这一份已被替换，留在这里备查。", comment: "您可以看、可以评。" },
  secret: "只有您自己看得到。", blind: "一起打开之前，只有您自己看得到。", kind: { individual: "个人初备", common: "共案", personal: "我的教案", standalone: "教案" }, secondPrep: { not_started: "还没开始", forked: "还没有改动", changed: "已改动", taught: "已上课", reflected: "已反思" }, upstream: {
    resource: "取自", plan: "从共案做来", named: "《{{title}}》", by: "作者：{{name}}", gone: "原作已经撤回，或您现在看不到它了。这一份仍然是您的，按取用时的许可用。", goneCommon: "原来的共案您现在看不到了。这一份仍然是您的。",
    unchanged: "还没有改动", changed: "改了 {{count}} 栏", see: "看改了哪里", title: "改了哪里", lead: "和「{{title}}」比。划去的是原来的，底色的是您的。", none: "和原来的一样，还没有改动。",
  },
  header: { title: "教案表头", teacher: "授课教师", className: "班级", taughtOn: "授课时间", lessonType: "课型", periods: "{{count}} 课时", blank: "____", help: "通读、打印和导出时写在教案最前面。" },
  thread: { call: "叫一位老师", section: "哪一栏", body: "意见", bodyHelp: "用 @姓名 叫一位一起备的老师。", go: "写下意见", reply: "回复", resolve: "解决", reopen: "重新打开", resolved: "已解决", resolvedCount: "已解决 {{count}} 条", about: "关于“{{quote}}”", blocking: "定稿前要解决" },
  version: { title: "版本", name: "给现在这一版起个名字", go: "存一版", none: "还没有留下版本。每走一步会自动留一版。", by: "{{name}} 存的", platform: "系统存的", auto: "自动", stage: { discussion: "开始研讨", revision: "进入修正", finalised: "定稿", taught: "上课", reflecting: "进入反思", archived: "归档", individual_draft: "回到初备", cancelled: "取消" }, round: "第 {{n}} 轮" },
  fork: { title: "做成我的教案", help: "得到一份自己的教案，接着改成适合您班的样子。它记得从哪一版来。", go: "做成我的教案" },
  printGo: "打印",
  print: "打出来就是检查用的版式。",
};
