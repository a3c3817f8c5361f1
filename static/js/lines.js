// The editor of invoice lines over a plain Django formset, which works without it: add, remove, move, copy, and
// totals as an aid. Rows are renumbered in the order of the page; TOTAL_FORMS follows. Hooks:
//   data-lines            the editor; data-prefix="lines"; data-rates='{"3": "S 0.2000"}' gives category and rate of each
//                         value of the VAT field; data-contribution="0.1000"
//   data-lines-body       what holds the rows; <template data-line-template>: formset.empty_form (__prefix__)
//   data-line             a row; its fields end in -label, -quantity, -unit_price, -discount_rate (per cent),
//                         -discount_amount (euros), -vat_rate
//   data-line-add, and in a row -remove, -up, -down, -copy: buttons; data-line-net: the row's net
//   data-total-net, -tax, -gross, -rest (net less contribution)
//   data-total-rates      one clone a rate of <template data-rate-template>: data-rate-name, -base, -tax
// Keys in a row: Enter adds a line, Alt+↑ and Alt+↓ move it, Ctrl+D copies the line above.
import { divided, lineNet, money, percent, scaled, totals } from "./totals.js";

const rowsOf = (editor) => [...editor.querySelectorAll("[data-line]")];
const fieldOf = (row, name) => row.querySelector(`[name$="-${name}"]`);
const valueOf = (row, name) => fieldOf(row, name)?.value ?? "";
const isBlank = (row) => valueOf(row, "label") === "" && valueOf(row, "unit_price") === "";

function write(place, hook, text) {
  for (const target of place.querySelectorAll(`[${hook}]`)) target.textContent = text;
}

function drawRates(editor, rates) {
  const place = editor.querySelector("[data-total-rates]");
  const model = editor.querySelector("template[data-rate-template]");
  if (!place || !model) return;
  place.replaceChildren(...rates.map(({ rate, base, tax }) => {
    const row = model.content.cloneNode(true);
    write(row, "data-rate-name", percent(rate));
    write(row, "data-rate-base", money(base));
    write(row, "data-rate-tax", money(tax));
    return row;
  }));
}

function count(editor) {
  const known = JSON.parse(editor.dataset.rates || "{}");
  const counted = [];
  for (const row of rowsOf(editor)) {
    const whole = lineNet(valueOf(row, "quantity"), valueOf(row, "unit_price"), valueOf(row, "discount_rate"));
    const net = whole === null ? null : whole - (scaled(valueOf(row, "discount_amount"), 2) ?? 0n);
    write(row, "data-line-net", net === null ? "–" : money(net));
    if (net !== null) counted.push({ net, rate: (known[valueOf(row, "vat_rate")] ?? "Z 0").split(" ")[1] });
  }
  const sums = totals(counted);
  write(editor, "data-total-net", money(sums.net));
  write(editor, "data-total-tax", money(sums.tax));
  write(editor, "data-total-gross", money(sums.gross));
  const taken = divided(sums.net * (scaled(editor.dataset.contribution) ?? 0n), 10000n);
  write(editor, "data-total-rest", money(sums.net - taken));
  drawRates(editor, sums.rates);
}

function renumber(editor) {
  const prefix = editor.dataset.prefix ?? "lines";
  const pattern = new RegExp(`(^|id_)${prefix}-(\\d+|__prefix__)-`);
  rowsOf(editor).forEach((row, place) => {
    for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace(pattern, `$1${prefix}-${place}-`));
      }
    }
  });
  const total = document.getElementsByName(`${prefix}-TOTAL_FORMS`)[0];
  const initial = document.getElementsByName(`${prefix}-INITIAL_FORMS`)[0];
  if (total) total.value = rowsOf(editor).length;
  if (initial) initial.value = Math.min(Number(initial.value), rowsOf(editor).length);
  editor.dispatchEvent(new Event("change", { bubbles: true }));
  count(editor);
}

function add(editor, after, filledFrom) {
  const model = editor.querySelector("template[data-line-template]");
  const row = model.content.firstElementChild.cloneNode(true);
  after ? after.after(row) : editor.querySelector("[data-lines-body]").append(row);
  if (filledFrom) copy(filledFrom, row);
  renumber(editor);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
}

function copy(from, to) {
  const target = [...to.querySelectorAll("input, select, textarea")];
  [...from.querySelectorAll("input, select, textarea")].forEach((field, place) => {
    if (field.type !== "hidden" && target[place]) target[place].value = field.value;
  });
}

function remove(editor, row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  if (rowsOf(editor).length === 0) add(editor);
  renumber(editor);
  next?.querySelector("input:not([type=hidden])")?.focus();
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
  else if (button.matches("[data-line-remove]")) remove(editor, row);
  else if (button.matches("[data-line-up]")) move(editor, row, -1);
  else if (button.matches("[data-line-down]")) move(editor, row, 1);
  else if (button.matches("[data-line-copy]")) add(editor, row, row);
  else return;
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
    editor.addEventListener("click", (event) => onClick(editor, event));
    editor.addEventListener("keydown", (event) => onKey(editor, event));
    count(editor);
  }
}
