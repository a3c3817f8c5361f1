// Where the focus goes: to the summary of errors when there is one, to the new heading after a page change by htmx.
function visit(element) {
  if (element) element.focus({ preventScroll: false });
}

export function start(part) {
  // Who was quicker than the scripts of a page keeps their place.
  if (part === document && document.activeElement !== document.body) return;
  visit(part.querySelector?.("[data-error-summary]"));
}

export function watch() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-error-summary] a[href^='#']");
    if (!link) return;
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target === document.body) visit(document.querySelector("[data-heading]"));
  });
}
