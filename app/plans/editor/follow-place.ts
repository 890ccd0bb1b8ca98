import { mapOffset } from "./map-offset.ts";
import { joined, offsetInJoined, placeInJoined, type LeafBlock } from "./section-text.ts";

export interface PlaceInBlocks {
  /** One past the last when the place lies behind all blocks. */
  block: number;
  offset: number;
}

export interface FollowedPlace extends PlaceInBlocks {
  /** It stands beside a character beside which it stood before. */
  besideNeighbour: boolean;
}

/**
 * Where a place of a section is after others wrote in it: beside the neighbour that it had in its block, wherever that went, else where
 * the text around it suggests. The characters alone are compared first: the end of a block is no neighbour, and where a paragraph was
 * joined and split again a comparison with the ends of blocks may hold on to the end instead of the character.
 */
export function followPlace(before: readonly LeafBlock[], { block, offset }: PlaceInBlocks, after: readonly LeafBlock[], prefer: "left" | "right" = "left"): FollowedPlace {
  const size = before[block]?.text.length ?? 0;
  const mapped = mapOffset(characters(before), characters(after), characters(before.slice(0, block)).length + offset, offset === 0 || (prefer === "right" && offset < size));
  const right = offset < size && mapped.rightKept;
  if (offset > 0 && mapped.leftKept && !(right && prefer === "right")) {
    const left = placeOfCharacter(after, mapped.offset - 1);
    return { block: left.block, offset: left.offset + 1, besideNeighbour: true };
  }
  if (right) return { ...placeOfCharacter(after, mapped.offset), besideNeighbour: true };
  const { offset: around } = mapOffset(joined(before), joined(after), offsetInJoined(before, block, offset), offset === 0);
  return { ...placeInJoined(after, around), besideNeighbour: false };
}

function characters(blocks: readonly LeafBlock[]): string {
  return blocks.map(({ text }) => text).join("");
}

function placeOfCharacter(blocks: readonly LeafBlock[], character: number): PlaceInBlocks {
  let rest = character;
  const block = blocks.findIndex(({ text }) => {
    if (rest < text.length) return true;
    rest -= text.length;
    return false;
  });
  return { block, offset: rest };
}
