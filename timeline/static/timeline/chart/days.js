// Days as numbers, counted from 1 January 1970, and windows of days: from the start of the first to the end of the last.

const DAY = 864e5; // milliseconds
const SHORTEST = 3; // days: no closer look than this

export const number = (day) => Date.parse(day) / DAY;
export const text = (number) => new Date(Math.round(number) * DAY).toISOString().slice(0, 10);

/** Return the window of these two days, both included. */
export function span(first, last) {
  return { start: number(first), end: number(last) + 1 };
}

export function days({ start, end }) {
  return { first: text(start), last: text(Math.max(end - 1, start)) };
}

export function same(left, right) {
  return Math.round(left.start) === Math.round(right.start) && Math.round(left.end) === Math.round(right.end);
}

/** Return the window moved into `whole`, as long as it was if there is room. */
export function within(whole, { start, end }) {
  const most = whole.end - whole.start;
  const length = Math.min(Math.max(end - start, Math.min(SHORTEST, most)), most);
  const middle = (start + end) / 2;
  const first = Math.min(Math.max(middle - length / 2, whole.start), whole.end - length);
  return { start: first, end: first + length };
}

/** Return the window made `factor` times as long about a point that stays where it is. */
export function zoomed({ start, end }, factor, at = (start + end) / 2) {
  return { start: at - (at - start) * factor, end: at + (end - at) * factor };
}

export function shifted({ start, end }, share) {
  const by = (end - start) * share;
  return { start: start + by, end: end + by };
}
