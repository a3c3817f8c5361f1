// Variants: groups of rows of which the customer takes one, « au choix »; the one proposed counts in the totals, as
// invoicing/calculations/variants.py says. Hooks: data-line-variant: what a group says of its choice; data-variant-add.
import { fieldOf, opens, rowsOf, textOf } from "./rows.js";

function variantsOf(rows) {
  const found = [];
  let inside = false;
  for (const row of rows) {
    const choice = textOf(row, "choice");
    if (choice) found.push({ choice, proposed: fieldOf(row, "proposed").checked, rows: [row] });
    else if (textOf(row, "group_title")) inside = false;
    else if (inside) found.at(-1).rows.push(row);
    if (choice) inside = true;
  }
  return found;
}

// The rows of the variants that are not proposed; without a proposal, the first one is.
export function notProposed(rows) {
  const variants = variantsOf(rows);
  const counted = new Map();
  for (const one of variants) {
    const known = counted.get(one.choice);
    if (!known || (one.proposed && !known.proposed)) counted.set(one.choice, one);
  }
  return new Set(variants.filter((one) => counted.get(one.choice) !== one).flatMap((one) => one.rows));
}

function open(row, choice, title, proposed) {
  for (const part of row.querySelectorAll("[data-line-group], [data-line-variant]")) part.hidden = false;
  fieldOf(row, "choice").value = choice;
  fieldOf(row, "proposed").checked = proposed;
  const field = fieldOf(row, "group_title");
  if (!field.value) field.value = title;
  field.select();
}

// The next variant of the choice written last, opened on this row; the first of a new choice is the one proposed.
export function openVariant(editor, row) {
  const words = editor.querySelector("[data-variant-add]").dataset;
  const before = variantsOf(rowsOf(editor));
  const choice = before.at(-1)?.choice ?? words.sayChoice;
  const count = before.filter((one) => one.choice === choice).length;
  const letter = String.fromCharCode(65 + Math.min(count, 25));
  open(row, choice, `${words.sayVariant} ${letter}`, count === 0);
}

// A title that one leaves empty is none.
export function foldTitle({ target, relatedTarget }) {
  const heading = target.closest("[data-line-group]");
  if (heading && !heading.contains(relatedTarget) && !opens(heading.closest("[data-line]"))) heading.hidden = true;
}

export const hasVariants = (editor) => variantsOf(rowsOf(editor)).length > 0;

// One proposal a choice: the last one ticked.
export function proposeOne(editor, box) {
  if (!box.checked) return;
  const choice = textOf(box.closest("[data-line]"), "choice");
  for (const row of rowsOf(editor)) {
    const other = fieldOf(row, "proposed");
    if (other !== box && textOf(row, "choice") === choice) other.checked = false;
  }
}
