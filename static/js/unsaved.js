// Warns before leaving a form whose typing is not saved: <form data-unsaved>. The browser says it in its own words.
let typed = false;

export function watch() {
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-unsaved]")) typed = true;
  });
  document.addEventListener("submit", () => {
    typed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (typed) event.preventDefault();
  });
}
