// The entry module: starts each small module on the page, then on every part that htmx brings.
import { start as dialog } from "./dialog.js";
import { start as focus, watch as watchFocus } from "./focus.js";
import { start as found } from "./found.js";
import { start as lines } from "./lines.js";
import { start as lists } from "./lists.js";
import { start as menus } from "./menus.js";
import { start as palette } from "./palette.js";
import { start as sending } from "./sending.js";
import { start as shortcuts } from "./shortcuts.js";
import { start as slides } from "./slides.js";
import { start as tabs } from "./tabs.js";
import { start as theme } from "./theme.js";
import { start as ticked } from "./ticked.js";
import { watch as watchRequests } from "./requests.js";
import { watch as watchTyped } from "./typed.js";
import { watch as watchUnsaved } from "./unsaved.js";

const modules = [dialog, focus, found, lines, lists, sending, slides, tabs, theme, ticked];

function startIn(part) {
  for (const start of modules) start(part);
}

menus();
palette();
shortcuts();
watchFocus();
watchRequests();
watchTyped();
watchUnsaved();
startIn(document);
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) startIn(event.detail.elt);
});

if ("serviceWorker" in navigator && location.protocol === "https:") {
  const address = document.querySelector("meta[name=service-worker]")?.content;
  if (address) navigator.serviceWorker.register(address);
}
