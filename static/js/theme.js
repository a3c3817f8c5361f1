// Light, dark or system: the choice is kept by the server; this applies it at once, without a new page.
function apply(theme) {
  const root = document.documentElement;
  if (theme === "system") root.removeAttribute("data-bs-theme");
  else root.setAttribute("data-bs-theme", theme);
}

async function choose(event) {
  const button = event.submitter;
  if (button?.name !== "theme") return;
  event.preventDefault();
  const form = event.currentTarget;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  if (!answer.ok) return form.submit();
  apply(button.value);
  for (const other of form.querySelectorAll("button[name=theme]")) other.removeAttribute("aria-current");
  button.setAttribute("aria-current", "true");
}

export function start(part) {
  for (const form of part.querySelectorAll("form[data-preferences]")) form.addEventListener("submit", choose);
}
