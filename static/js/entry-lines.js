// The rows of an entry: adds some without a round trip, and says while one types which sections do not balance. Hooks:
//   data-entry (data-prefix), data-entry-body, <template data-entry-template>: formset.empty_form (__prefix__)
//   data-entry-row: its fields end in -section, -debit, -credit; data-entry-add: the button; data-entry-gaps: the words
import { money, scaled } from "./totals.js";

const MORE = 4;
const rowsOf = (editor) => [...editor.querySelectorAll("[data-entry-row]")];
const valueOf = (row, name) => row.querySelector(`[name$="-${name}"]`)?.value.trim() ?? "";

function add(editor) {
  const total = editor.querySelector(`[name="${editor.dataset.prefix}-TOTAL_FORMS"]`);
  const most = Number(editor.querySelector(`[name="${editor.dataset.prefix}-MAX_NUM_FORMS"]`)?.value ?? 200);
  const model = editor.querySelector("template[data-entry-template]");
  let first = null;
  for (let turn = 0; turn < MORE && Number(total.value) < most; turn += 1) {
    const row = model.content.firstElementChild.cloneNode(true);
    const place = Number(total.value);
    row.setAttribute("aria-label", `${row.dataset.word} ${place + 1}`);
    for (const element of row.querySelectorAll("[name], [id], [for], [aria-describedby]")) {
      for (const attribute of ["name", "id", "for", "aria-describedby"]) {
        const value = element.getAttribute(attribute);
        if (value) element.setAttribute(attribute, value.replace("__prefix__", String(place)));
      }
    }
    editor.querySelector("[data-entry-body]").append(row);
    total.value = String(place + 1);
    first ??= row;
  }
  first?.querySelector("input")?.focus();
}

// In cents, section by section; nothing of a share of a total, which the server counts.
function gaps(editor) {
  const found = new Map();
  for (const row of rowsOf(editor)) {
    const [debit, credit] = ["debit", "credit"].map((name) => scaled(valueOf(row, name), 2) ?? 0n);
    const section = valueOf(row, "section");
    if (debit !== credit) found.set(section, (found.get(section) ?? 0n) + debit - credit);
  }
  return [...found].filter(([, gap]) => gap !== 0n);
}

function write(editor) {
  const place = editor.querySelector("[data-entry-gaps]");
  const text = gaps(editor).map(([section, gap]) => `${section || "?"} : ${money(gap)}`).join(" · ");
  if (place && place.textContent !== text) place.textContent = text;
}

for (const editor of document.querySelectorAll("[data-entry]")) {
  editor.addEventListener("input", () => write(editor));
  editor.addEventListener("click", (event) => {
    if (!event.target.closest("[data-entry-add]")) return;
    event.preventDefault();
    add(editor);
  });
  write(editor);
}
