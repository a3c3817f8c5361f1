// Ctrl+Enter in a text sends its form by its first button. Hook: data-send on the form.
function onKey(event) {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  event.preventDefault();
  event.currentTarget.requestSubmit();
}

export function start(part) {
  for (const form of part.querySelectorAll("form[data-send]")) form.addEventListener("keydown", onKey);
}
