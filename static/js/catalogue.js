// A line takes the article whose words stand in « Désignation » (the options of <datalist id="articles">), or the one
// pressed in « Choisir dans le catalogue »; lines copied in a spreadsheet go through the form « Coller des lignes ».
import { fieldOf, isBlank, rowsOf, valueOf } from "./rows.js";
import { perform } from "./undo.js";

const FILLED = ["description", "unit", "unit_price", "vat_rate", "nature", "item"];

function articleOf(text) {
  const wanted = text.trim().toLowerCase();
  const options = [...document.querySelectorAll("#articles option")];
  return wanted && options.find(({ value, dataset }) => [value, dataset.reference].some((word) => word?.toLowerCase() === wanted));
}

function fill(row, option, joined = false) {
  const said = option.dataset;
  const put = () => {
    const fields = ["label", ...FILLED].filter((name) => fieldOf(row, name) && said[name.replace("_", "")] !== undefined);
    const values = fields.map((name) => [fieldOf(row, name), valueOf(row, name)]);
    for (const name of fields) fieldOf(row, name).value = said[name.replace("_", "")];
    return { said: "lineFilled", values, joined };
  };
  perform(row.closest("[data-lines]"), put, () => {});
  const more = row.querySelector(".sale-line-more");
  if (more && said.description) more.open = true;
  fieldOf(row, "quantity").dispatchEvent(new Event("change", { bubbles: true }));
}

// Chosen in the list, not typed letter by letter: a word may begin another.
function onInput(event) {
  if (event.target.getAttribute("list") !== "articles") return;
  if (event.inputType && event.inputType !== "insertReplacementText") return;
  const option = articleOf(event.target.value);
  if (option) fill(event.target.closest("[data-line]"), option);
}

// A reference typed in full fills the line as one leaves it, unless it has its price already.
function onChange(event) {
  if (event.target.getAttribute("list") !== "articles") return;
  const row = event.target.closest("[data-line]");
  const option = articleOf(event.target.value);
  if (option && fieldOf(row, "unit_price").value === "") fill(row, option);
}

// Several cells or several lines: no single field can hold them.
function onPaste(editor, event) {
  if (!event.target.closest("[data-line]") || event.target.matches("textarea")) return;
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!text.includes("\t") && !text.trim().includes("\n")) return;
  event.preventDefault();
  editor.querySelector("[name=pasted]").value = text;
  editor.querySelector("[name=paste_at]").value = rowsOf(editor).indexOf(event.target.closest("[data-line]"));
  editor.querySelector("#paste").open = true;
  editor.requestSubmit(editor.querySelector("[data-paste]"));
}

const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

// The last row when it is blank, else a new one.
function pick(editor, key) {
  const option = document.querySelector(`#articles option[data-item="${key}"]`);
  const full = !isBlank(rowsOf(editor).at(-1));
  if (full) editor.querySelector("[data-line-add]").click();
  const row = rowsOf(editor).at(-1);
  fill(row, option, full);
  fieldOf(row, "quantity").select();
}

function picker(editor) {
  const place = editor.querySelector("[data-picker]");
  if (!place) return;
  const search = place.querySelector("[data-picker-search]");
  search.hidden = false;
  search.addEventListener("input", (event) => {
    const words = plain(event.target.value).split(/\s+/);
    const items = [...place.querySelectorAll("li")];
    for (const item of items) item.hidden = !words.every((word) => plain(item.textContent).includes(word));
    place.querySelector("[data-picker-none]").hidden = items.some((item) => !item.hidden);
    event.stopPropagation();
  });
  search.addEventListener("change", (event) => event.stopPropagation());
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    place.querySelector("li:not([hidden]) [data-pick]")?.click();
  });
  place.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (!button) return;
    event.preventDefault();
    pick(editor, button.dataset.pick);
  });
}

export function start(editor) {
  picker(editor);
  editor.addEventListener("input", onInput);
  editor.addEventListener("change", onChange);
  editor.querySelector("[name=pasted]").addEventListener("input", () => {
    editor.querySelector("[name=paste_at]").value = "";
  });
  editor.addEventListener("paste", (event) => onPaste(editor, event));
}
