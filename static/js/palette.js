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

// The list has come: the first option is in hand, so that Enter opens it.
function show(palette) {
  const found = options(palette);
  palette.querySelector("[role=listbox]").hidden = found.length === 0;
  palette.querySelector("[role=combobox]").setAttribute("aria-expanded", String(found.length > 0));
  choose(palette, found[0]);
}

function onKey(palette, event) {
  const found = options(palette);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && found.length) {
    const place = found.indexOf(chosen(palette));
    choose(palette, found[(place + step + found.length) % found.length]);
  } else if (event.key === "Enter" && chosen(palette)) chosen(palette).click();
  else return;
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
  palette.querySelector("[role=combobox]").addEventListener("keydown", (event) => onKey(palette, event));
  palette.addEventListener("htmx:afterSettle", () => show(palette));
}
