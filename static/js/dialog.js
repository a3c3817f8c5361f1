// <dialog> is opened by command and commandfor; this serves the browsers that do not know them yet.
const known = "command" in HTMLButtonElement.prototype;

function run(event) {
  const dialog = document.getElementById(event.currentTarget.getAttribute("commandfor"));
  if (!(dialog instanceof HTMLDialogElement)) return;
  if (event.currentTarget.getAttribute("command") === "show-modal") dialog.showModal();
  else dialog.close();
}

export function start(part) {
  if (known) return;
  for (const button of part.querySelectorAll("button[commandfor]")) button.addEventListener("click", run);
}
