// Moves a line by one step, or a group past its neighbour, as invoicing/forms/groups.py does. What these give is for
// undo.js: the words to say with their figures; `still` when nothing moved.
import { groupOf } from "./groups.js";
import { exchangeHeadings, opens, rowsOf } from "./rows.js";

export function moveGroup(editor, row, step) {
  const group = groupOf(editor, row);
  if (!group.length) return { said: "groupNone", still: true };
  const beside = step < 0 ? group[0].previousElementSibling : group.at(-1).nextElementSibling;
  const other = beside ? groupOf(editor, beside) : [];
  if (!other.length) return { said: step < 0 ? "groupFirst" : "groupLast", still: true };
  if (step < 0) other[0].before(...group);
  else other.at(-1).after(...group);
  const openings = rowsOf(editor).filter(opens);
  return { said: "groupMoved", place: openings.indexOf(group[0]) + 1, count: openings.length };
}

// One step of a line. Headings are steps of their own: a line goes under the next one or above its own, which stays
// where it is unless the line is alone under it.
export function moveLine(editor, row, step) {
  const rows = rowsOf(editor);
  const place = rows.indexOf(row);
  const [below, other] = [rows[place + 1], rows[place + step]];
  if (step < 0 && opens(row) && below && !opens(below)) exchangeHeadings(row, below);
  else if (!other) return { said: step < 0 ? "lineFirst" : "lineLast", still: true };
  else if (step > 0 && !opens(row) && opens(other)) exchangeHeadings(row, other);
  else {
    other[step < 0 ? "before" : "after"](row);
    if (opens(row) !== opens(other) && (step > 0 || !opens(row))) exchangeHeadings(row, other);
  }
  return { said: "lineMoved", place: rowsOf(editor).indexOf(row) + 1, count: rows.length };
}

// Does a move while the row stays under the finger and its menu open, so that one press follows another.
export function staying(row, move) {
  const active = document.activeElement;
  const before = row.getBoundingClientRect().top;
  const shift = () => row.getBoundingClientRect().top - before;
  move();
  window.scrollBy({ top: shift(), behavior: "instant" });
  const menu = active?.closest("details[data-menu]");
  if (menu && Math.abs(shift()) > 4) menu.open = false;
  (menu && !menu.open ? menu.querySelector("summary") : active)?.focus({ preventScroll: Boolean(menu) });
}
