// The rows of the editor and their fields, by the end of their names (-label, -quantity…).
export const rowsOf = (editor) => [...editor.querySelectorAll("[data-line]")];
export const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);
export const valueOf = (row, name) => fieldOf(row, name)?.value ?? "";
