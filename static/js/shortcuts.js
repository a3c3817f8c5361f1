// Single keys: « ? » the list of keys, « g » then a letter to go, « n » new. The list, a <dialog data-keys>, holds a
// link or a button with data-key for each; its box data-keys-on switches them all off (WCAG 2.1.4), on this device.
const PAUSE = 1200;
const OFF = "alveole-keys-off";
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
  if (document.querySelector("dialog[open]") || localStorage.getItem(OFF)) return;
  const { key } = event;
  if (key === "?") dialog.showModal();
  else if (first) {
    if (press(`${first} ${key}`)) event.preventDefault();
    forget();
  } else if (key === "g") {
    first = key;
    timer = setTimeout(forget, PAUSE);
  } else if (/^[a-z]$/.test(key) && press(key)) event.preventDefault();
}

export function start() {
  const dialog = document.querySelector("dialog[data-keys]");
  if (!dialog) return;
  for (const button of document.querySelectorAll("[data-keys-button]")) button.hidden = false;
  const box = dialog.querySelector("[data-keys-on]");
  box.checked = !localStorage.getItem(OFF);
  box.addEventListener("change", () => (box.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
  document.addEventListener("keydown", (event) => onKey(dialog, event));
}
