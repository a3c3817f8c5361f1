// A page made for paper: its button prints it. Without this module the button stays hidden, and the menu of the
// browser does the same.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
