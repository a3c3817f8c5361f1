// Single keys: « ? » the list of keys, « g » then a letter to go, « n » new, « / » search. The list, a <dialog data-keys>, holds a
// link with data-key for each. « Mon compte » switches them off (WCAG 2.1.4): the list is then not drawn.
const PAUSE = 1200;
let first = "";
let timer;

function typing(target) {
  return target.isContentEditable || target.matches("input, select, textarea");
}

function press(keys) {
  const target = document.querySelector(`[data-key="${keys}"]`);
  target?.click();
  return Boolean(target);
}

function forget() {
  first = "";
  clearTimeout(timer);
}

function onKey(dialog, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const { key } = event;
  if (key === "?") dialog.showModal();
  else if (first) {
    if (press(`${first} ${key}`)) event.preventDefault();
    forget();
  } else if (key === "g") {
    first = key;
    timer = setTimeout(forget, PAUSE);
  } else if (/^[a-z/]$/.test(key) && press(key)) event.preventDefault();
}

export function start() {
  const dialog = document.querySelector("dialog[data-keys]");
  if (!dialog) return;
  document.addEventListener("keydown", (event) => onKey(dialog, event));
}
