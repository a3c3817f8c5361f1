// A group of lines as a whole, as invoicing/forms/groups.py says: it is copied, it leaves as a line does; moving.js moves
// it. What these give is for undo.js: the words to say and the rows they made.
import { exchangeHeadings, fieldOf, opens, rowsOf } from "./rows.js";

// The rows of the group in which a row stands; none before the first heading.
export function groupOf(editor, row) {
  const rows = rowsOf(editor);
  let first = rows.indexOf(row);
  while (first >= 0 && !opens(rows[first])) first -= 1;
  if (first < 0) return [];
  let end = first + 1;
  while (end < rows.length && !opens(rows[end])) end += 1;
  return rows.slice(first, end);
}

// Its customer takes one variant of a choice, and its seller proposes one.
export function copyGroup(editor, row) {
  const group = groupOf(editor, row);
  const made = group.map((one) => {
    const twin = one.cloneNode(true);
    const fields = [...twin.querySelectorAll("input, select, textarea")];
    [...one.querySelectorAll("input, select, textarea")].forEach((field, place) => {
      fields[place].value = field.value;
      fields[place].checked = field.checked;
    });
    return twin;
  });
  const proposed = fieldOf(made[0], "proposed");
  if (proposed) proposed.checked = false;
  group.at(-1).after(...made);
  return { said: "groupCopied", made, copied: true };
}

export function removeGroup(editor, row) {
  for (const one of groupOf(editor, row)) one.remove();
  return { said: "groupRemoved" };
}

// A line leaves its heading to what is left of its group.
export function removeLine(row) {
  const heir = row.nextElementSibling;
  if (opens(row) && heir && !opens(heir)) exchangeHeadings(row, heir);
  row.remove();
  return { said: "lineRemoved" };
}
