// The rows of the editor and their fields, by the end of their names (-label, -quantity…). A heading stands in the row
// that it opens: its group is that row and those under it, until the next heading; the first rows may have none.
export const rowsOf = (editor) => [...editor.querySelectorAll("[data-line]")];
export const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);
export const valueOf = (row, name) => fieldOf(row, name)?.value ?? "";
export const textOf = (row, name) => valueOf(row, name).trim();
export const headingOf = (row) => row.querySelector("[data-line-group]");
export const opens = (row) => Boolean(textOf(row, "group_title") || textOf(row, "choice"));
export const isBlank = (row) => ["label", "unit_price", "description"].every((name) => valueOf(row, name) === "");

export function exchangeHeadings(one, other) {
  const [mine, theirs] = [headingOf(one), headingOf(other)];
  other.prepend(mine);
  one.prepend(theirs);
}
