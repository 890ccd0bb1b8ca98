export interface Piece {
  text: string;
  kind: "same" | "gone" | "new";
}

/** Beyond so many comparisons a text is said to be new as a whole: nobody reads such a difference word by word. */
const MOST_COMPARED = 4_000_000;

/**
 * What was taken out of a text and what came in, in reading order. Chinese character by character, other words whole; a single character
 * that happens to be in both between two changes is no island.
 */
export function differences(before: string, after: string): Piece[] {
  const old = cut(before);
  const now = cut(after);
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const pieces: Piece[] = [];
  add(pieces, "same", old.slice(0, head).join(""));
  for (const piece of middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail))) add(pieces, piece.kind, piece.text);
  add(pieces, "same", old.slice(old.length - tail).join(""));
  return withoutIslands(pieces);
}

function cut(text: string): string[] {
  return text.match(/\p{Script=Han}|[\p{L}\p{N}]+|\s|[^]/gu) ?? [];
}

function middle(old: readonly string[], now: readonly string[]): Piece[] {
  if (old.length * now.length > MOST_COMPARED) return [{ kind: "gone", text: old.join("") }, { kind: "new", text: now.join("") }];
  const width = now.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      common[i * width + j] = old[i] === now[j] ? common[(i + 1) * width + j + 1]! + 1 : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      pieces.push({ kind: "same", text: old[i]! });
      i += 1;
      j += 1;
    } else if (j >= now.length || (i < old.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!)) {
      pieces.push({ kind: "gone", text: old[i]! });
      i += 1;
    } else {
      pieces.push({ kind: "new", text: now[j]! });
      j += 1;
    }
  }
  return pieces;
}

/** Between two changes at most one "gone" and one "new" stand side by side, the gone one first. */
function withoutIslands(pieces: readonly Piece[]): Piece[] {
  const tidy: Piece[] = [];
  let gone = "";
  let came = "";
  const settle = () => {
    add(tidy, "gone", gone);
    add(tidy, "new", came);
    gone = came = "";
  };
  pieces.forEach((piece, index) => {
    const island = piece.kind === "same" && piece.text.trim().length < 2 && !piece.text.includes("\n") && gone + came !== "" && index < pieces.length - 1;
    if (piece.kind === "same" && !island) {
      settle();
      add(tidy, "same", piece.text);
      return;
    }
    if (piece.kind !== "new") gone += piece.text;
    if (piece.kind !== "gone") came += piece.text;
  });
  settle();
  return tidy;
}

function add(pieces: Piece[], kind: Piece["kind"], text: string): void {
  if (text === "") return;
  const last = pieces.at(-1);
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}
