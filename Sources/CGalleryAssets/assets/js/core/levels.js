// The levels of time that the server has cells for: each level's cells are twice as long as those of the one before, and all
// lie on one grid from 1970 on. So cells of any page, zoom and visitor are the same ones, and are kept.

export const BASE_MS = 250;
export const TOP = 34;

export const stepOf = (level) => BASE_MS * 2 ** level;

/** The coarsest level whose cells are no longer than this. */
export function levelFor(milliseconds) {
  const level = Math.floor(Math.log2(Math.max(1, milliseconds) / BASE_MS));
  return Math.min(TOP, Math.max(0, level));
}
