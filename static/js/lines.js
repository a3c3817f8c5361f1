// The editor of lines over a plain Django formset, which works without it: add, remove, move, copy, group titles.
// Rows are renumbered in the order of the page; TOTAL_FORMS follows; sums.js counts. Hooks:
//   data-lines            the editor; data-prefix="lines"
//   data-lines-body       what holds the rows; <template data-line-template>: formset.empty_form (__prefix__)
//   data-line             a row; its fields end in -label, -quantity, -unit_price…; data-line-group: its group title
//   data-line-add, data-group-add, data-variant-add; in a row -remove, -up, -down, -copy, -above, -title, -choice; in a
//   heading data-group-remove, -up, -down, -copy: buttons
// Keys in a row: Enter adds a line, Alt+↑ and Alt+↓ move it, with Maj or from a heading the whole group, Ctrl+D copies
// the line above, Ctrl+Z undoes (undo.js).
import { copyGroup, groupOf, removeGroup, removeLine } from "./groups.js";
import { moveGroup, moveLine, staying } from "./moving.js";
import { exchangeHeadings, headingOf, isBlank, rowsOf } from "./rows.js";
import { count } from "./sums.js";
import { perform, start as undo } from "./undo.js";
import { foldTitle, hasVariants, openVariant, proposeOne } from "./variants.js";

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
  const [total, initial] = ["TOTAL", "INITIAL"].map((name) => editor.querySelector(`[name="${prefix}-${name}_FORMS"]`));
  total.value = rowsOf(editor).length;
  initial.value = Math.min(Number(initial.value), rowsOf(editor).length);
  editor.dispatchEvent(new Event("change", { bubbles: true }));
  count(editor);
}

// What a line sells; the group that it may open is its own.
const toldIn = (row) => [...row.querySelectorAll("input, select, textarea")].filter((field) => !field.closest("[data-line-group]"));

const labelOf = (row) => row?.querySelector(".sale-line-label input");

function blank(editor, after) {
  const model = editor.querySelector("template[data-line-template]");
  const row = model.content.firstElementChild.cloneNode(true);
  after ? after.after(row) : editor.querySelector("[data-lines-body]").append(row);
  return row;
}

// Every change of the rows goes by here: it can be undone.
const change = (editor, does) => perform(editor, does, () => renumber(editor));

function add(editor, after) {
  const made = [];
  change(editor, () => {
    made.push(blank(editor, after));
    return { made };
  });
  return made[0];
}

function fillFrom(from, to) {
  const target = toldIn(to);
  toldIn(from).forEach((field, place) => {
    target[place].value = field.value;
    target[place].checked = field.checked;
  });
  const more = to.querySelector(".sale-line-more");
  if (more) more.open = from.querySelector(".sale-line-more")?.open ?? false;
}

function copy(editor, from, after) {
  change(editor, () => {
    const made = [blank(editor, after)];
    fillFrom(from, made[0]);
    return { said: "lineCopied", made, copied: true };
  });
  labelOf(after.nextElementSibling)?.focus();
}

// In the place of a blank line, which leaves its heading to the copy.
function copyAbove(editor, row) {
  const above = rowsOf(editor)[rowsOf(editor).indexOf(row) - 1];
  if (!isBlank(row) || !above) return copy(editor, row, row);
  copy(editor, above, row);
  const twin = row.nextElementSibling;
  exchangeHeadings(row, twin);
  row.remove();
  renumber(editor);
  labelOf(twin)?.focus();
}

function openTitle(row) {
  const title = headingOf(row);
  title.hidden = false;
  title.querySelector("input").focus();
}

// A choice begins with two variants: one alone is none.
function addVariant(editor) {
  const made = [];
  change(editor, () => {
    const count = hasVariants(editor) ? 1 : 2;
    while (made.length < count) {
      made.push(blank(editor));
      openVariant(editor, made.at(-1));
    }
    return { made };
  });
  headingOf(made[0]).querySelector("input").focus();
}

// One types on in the row that follows.
function leave(editor, leaving, goes) {
  const rows = rowsOf(editor);
  const [first, last] = [rows.indexOf(leaving[0]), rows.indexOf(leaving.at(-1))];
  change(editor, () => {
    const done = goes();
    return rowsOf(editor).length ? done : { ...done, made: [blank(editor)] };
  });
  labelOf(rows[last + 1] ?? rows[first - 1] ?? rowsOf(editor)[0])?.focus();
}

const move = (editor, row, does) => staying(row, () => change(editor, does));

const ACTS = {
  "[data-line-add]": (editor) => labelOf(add(editor))?.focus(),
  "[data-group-add]": (editor) => openTitle(add(editor)),
  "[data-variant-add]": addVariant,
  "[data-line-remove]": (editor, row) => leave(editor, [row], () => removeLine(row)),
  "[data-line-up]": (editor, row) => move(editor, row, () => moveLine(editor, row, -1)),
  "[data-line-down]": (editor, row) => move(editor, row, () => moveLine(editor, row, 1)),
  "[data-line-copy]": (editor, row) => copy(editor, row, row),
  "[data-line-above]": copyAbove,
  "[data-line-title]": (_editor, row) => openTitle(row),
  "[data-line-choice]": (editor, row) => openVariant(editor, row),
  "[data-group-remove]": (editor, row) => leave(editor, groupOf(editor, row), () => removeGroup(editor, row)),
  "[data-group-up]": (editor, row) => move(editor, row, () => moveGroup(editor, row, -1)),
  "[data-group-down]": (editor, row) => move(editor, row, () => moveGroup(editor, row, 1)),
  "[data-group-copy]": (editor, row) => {
    const group = groupOf(editor, row);
    change(editor, () => copyGroup(editor, row));
    headingOf(group.at(-1).nextElementSibling).querySelector("input").select();
  },
};

function onClick(editor, event) {
  const button = event.target.closest("button");
  const found = button && Object.entries(ACTS).find(([hook]) => button.matches(hook));
  if (!found) return;
  const menu = button.closest("details[data-menu]");
  const moves = button.matches("[data-line-up], [data-line-down], [data-group-up], [data-group-down]");
  if (menu && !moves) menu.open = false;
  found[1](editor, button.closest("[data-line]"));
  event.preventDefault();
}

function onKey(editor, event) {
  const row = event.target.closest("[data-line]");
  if (!row) return;
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  const heading = event.target.closest("[data-line-group]");
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Enter" && plain && event.target.matches("input")) (heading ? labelOf(row) : labelOf(add(editor, row))).focus();
  else if (event.altKey && step && (event.shiftKey || heading)) move(editor, row, () => moveGroup(editor, row, step));
  else if (event.altKey && step) move(editor, row, () => moveLine(editor, row, step));
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
    editor.addEventListener("focusout", foldTitle);
    editor.addEventListener("keydown", (event) => onKey(editor, event));
    undo(editor, () => renumber(editor));
    count(editor);
  }
}
