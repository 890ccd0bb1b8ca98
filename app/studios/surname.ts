const DOUBLE = new Set(["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "长孙", "宇文", "司徒", "夏侯", "端木", "百里", "南宫", "钟离", "淳于", "轩辕"]);

/** What stands on a seat: the surname, one character or two; of a name in other letters its first. */
export function surnameOf(name: string): string {
  const letters = [...name.trim()];
  const two = letters.slice(0, 2).join("");
  return letters.length > 2 && DOUBLE.has(two) ? two : (letters[0] ?? "·");
}
