// Menus are <details data-menu>: they open without JavaScript; this closes them at the right time.
const OPEN = "details[data-menu][open]";

function closeOthers(kept) {
  for (const menu of document.querySelectorAll(OPEN)) {
    if (menu !== kept) menu.open = false;
  }
}

function onKey(event) {
  const menu = event.target.closest?.(OPEN);
  if (!menu) return;
  if (event.key === "Escape") {
    menu.open = false;
    menu.querySelector("summary").focus();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  if (event.target.matches("input, select, textarea")) return;
  const entries = [...menu.querySelectorAll("summary, a[href], button, input")];
  const step = event.key === "ArrowDown" ? 1 : -1;
  const place = entries.indexOf(document.activeElement) + step;
  entries[(place + entries.length) % entries.length].focus();
  event.preventDefault();
}

export function start() {
  document.addEventListener("click", (event) => closeOthers(event.target.closest("details[data-menu]")));
  document.addEventListener("focusin", (event) => closeOthers(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", onKey);
}
