// The search palette: Ctrl+K or its button opens it, ↑ ↓ walk the options, Enter opens one, Escape closes.
// The focus stays in the box: the option in hand is told by aria-activedescendant (combobox with a list).
function options(palette) {
  return [...palette.querySelectorAll("[role=option]")];
}

function choose(palette, option) {
  const box = palette.querySelector("[role=combobox]");
  for (const other of options(palette)) other.setAttribute("aria-selected", String(other === option));
  if (option) {
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  } else box.removeAttribute("aria-activedescendant");
}

function chosen(palette) {
  return palette.querySelector("[role=option][aria-selected=true]");
}

function open(palette) {
  if (palette.open || document.querySelector("dialog[open]")) return;
  palette.showModal();
  const box = palette.querySelector("[role=combobox]");
  box.focus();
  box.select();
  box.dispatchEvent(new Event("palette-open"));
}

// The list has come: its first option is in hand, so that Enter opens it; the one an arrow reached stays in hand.
function show(palette, terms) {
  const found = options(palette);
  const list = palette.querySelector("[role=listbox]");
  list.hidden = found.length === 0;
  list.dataset.terms = terms;
  palette.querySelector("[role=combobox]").setAttribute("aria-expanded", String(found.length > 0));
  choose(palette, found.find((option) => option.href === list.dataset.hand) ?? found[0]);
}

// Enter before the list of these words has come leads to their page: nothing is opened that was not found for them.
function onKey(palette, event) {
  const found = options(palette);
  const list = palette.querySelector("[role=listbox]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    const place = found.indexOf(chosen(palette));
    const reached = found[(place + step + found.length) % found.length];
    list.dataset.hand = reached.href;
    choose(palette, reached);
  } else if (event.key === "Enter" && chosen(palette) && list.dataset.terms === event.target.value) {
    chosen(palette).click();
  } else return;
  event.preventDefault();
}

export function start() {
  const palette = document.querySelector("dialog[data-palette]");
  if (!palette) return;
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open(palette);
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-palette-open]");
    if (!opener || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    opener.closest("dialog")?.close();
    open(palette);
  });
  palette.addEventListener("click", (event) => {
    if (event.target === palette) palette.close();
  });
  const box = palette.querySelector("[role=combobox]");
  box.addEventListener("keydown", (event) => onKey(palette, event));
  box.addEventListener("input", () => delete palette.querySelector("[role=listbox]").dataset.hand);
  palette.addEventListener("htmx:afterSettle", (event) => show(palette, event.detail.requestConfig.parameters.q));
}
