// The editor of lines over a plain Django formset, which works without it: add, remove, move, copy, group titles.
// Rows are renumbered in the order of the page; TOTAL_FORMS follows; sums.js counts. Hooks:
//   data-lines            the editor; data-prefix="lines"
//   data-lines-body       what holds the rows; <template data-line-template>: formset.empty_form (__prefix__)
//   data-line             a row; its fields end in -label, -quantity, -unit_price…; data-line-group: its group title
//   data-line-add, data-group-add, data-variant-add, and in a row -remove, -up, -down, -copy, -above, -title, -choice:
//   buttons
// Keys in a row: Enter adds a line, Alt+↑ and Alt+↓ move it, Ctrl+D copies the line above.
import { rowsOf, valueOf } from "./rows.js";
import { count } from "./sums.js";
import { bequeath, hasVariants, openVariant, proposeOne } from "./variants.js";

const isBlank = (row) => valueOf(row, "label") === "" && valueOf(row, "unit_price") === "";
const FIELDS = "input:not([type=hidden]), select, textarea";

function renumber(editor) {
  const prefix = editor.dataset.prefix ?? "lines";
  const pattern = new RegExp(`(^|id_)${prefix}-(\\d+|__prefix__)-`);
  rowsOf(editor).forEach((row, place) => {
    row.setAttribute("aria-label", `${row.dataset.word} ${place + 1}`);
    for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(pattern, `$1${prefix}-${place}-`));
      }
    }
    for (const button of row.querySelectorAll("button[name=do]")) {
      button.value = button.value.replace(/-(\d+|__prefix__)$/, `-${place}`);
    }
  });
  const total = document.getElementsByName(`${prefix}-TOTAL_FORMS`)[0];
  const initial = document.getElementsByName(`${prefix}-INITIAL_FORMS`)[0];
  if (total) total.value = rowsOf(editor).length;
  if (initial) initial.value = Math.min(Number(initial.value), rowsOf(editor).length);
  editor.dispatchEvent(new Event("change", { bubbles: true }));
  count(editor);
}

// What a line sells; the group that it may open is its own.
const toldIn = (row) => [...row.querySelectorAll("input, select, textarea")].filter((field) => !field.closest("[data-line-group]"));

function add(editor, after, filledFrom) {
  const model = editor.querySelector("template[data-line-template]");
  const row = model.content.firstElementChild.cloneNode(true);
  after ? after.after(row) : editor.querySelector("[data-lines-body]").append(row);
  if (filledFrom) copy(filledFrom, row);
  renumber(editor);
  row.querySelector(".sale-line-label input")?.focus();
  return row;
}

function copy(from, to) {
  const target = toldIn(to);
  toldIn(from).forEach((field, place) => {
    target[place].value = field.value;
    target[place].checked = field.checked;
  });
  const more = to.querySelector(".sale-line-more");
  if (more) more.open = from.querySelector(".sale-line-more")?.open ?? false;
}

function openTitle(row) {
  const title = row.querySelector("[data-line-group]");
  title.hidden = false;
  title.querySelector("input").focus();
}

// A choice begins with two variants: one alone is none.
function addVariant(editor) {
  const first = !hasVariants(editor);
  const row = add(editor);
  openVariant(editor, row);
  if (first) openVariant(editor, add(editor));
  (first ? row : rowsOf(editor).at(-1)).querySelector("[data-line-group] input").focus();
  count(editor);
}

function remove(editor, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  bequeath(row, row.nextElementSibling);
  row.remove();
  if (rowsOf(editor).length === 0) return add(editor);
  renumber(editor);
  next?.querySelector(".sale-line-label input")?.focus();
}

function move(editor, row, step) {
  const other = rowsOf(editor)[rowsOf(editor).indexOf(row) + step];
  if (!other) return;
  const active = document.activeElement;
  other[step < 0 ? "before" : "after"](row);
  renumber(editor);
  active?.focus();
}

function copyAbove(editor, row) {
  const above = rowsOf(editor)[rowsOf(editor).indexOf(row) - 1];
  if (!isBlank(row) || !above) return add(editor, row, row);
  copy(above, row);
  renumber(editor);
}

function onClick(editor, event) {
  const button = event.target.closest("button");
  if (!button) return;
  const row = button.closest("[data-line]");
  if (button.matches("[data-line-add]")) add(editor);
  else if (button.matches("[data-group-add]")) openTitle(add(editor));
  else if (button.matches("[data-line-remove]")) remove(editor, row);
  else if (button.matches("[data-line-up]")) move(editor, row, -1);
  else if (button.matches("[data-line-down]")) move(editor, row, 1);
  else if (button.matches("[data-line-copy]")) add(editor, row, row);
  else if (button.matches("[data-line-above]")) copyAbove(editor, row);
  else if (button.matches("[data-line-title]")) openTitle(row);
  else if (button.matches("[data-variant-add]")) addVariant(editor);
  else if (button.matches("[data-line-choice]")) openVariant(editor, row);
  else return;
  button.closest("details[data-menu]")?.removeAttribute("open");
  event.preventDefault();
}

function onKey(editor, event) {
  const row = event.target.closest("[data-line]");
  if (!row) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (event.key === "Enter" && plain && event.target.matches("input")) add(editor, row);
  else if (event.altKey && event.key === "ArrowUp") move(editor, row, -1);
  else if (event.altKey && event.key === "ArrowDown") move(editor, row, 1);
  else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") copyAbove(editor, row);
  else return;
  event.preventDefault();
}

export function start(part) {
  for (const editor of part.querySelectorAll("[data-lines]")) {
    editor.addEventListener("input", () => count(editor));
    editor.addEventListener("change", (event) => {
      if (event.target.matches("[name$=-proposed]")) proposeOne(editor, event.target);
      if (event.target.matches(FIELDS)) count(editor);
    });
    editor.addEventListener("click", (event) => onClick(editor, event));
    editor.addEventListener("keydown", (event) => onKey(editor, event));
    count(editor);
  }
}
