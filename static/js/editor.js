// The page that writes a quote or an invoice: mode, catalogue, paste, preview and autosave, each in its module.
import { start as autosave } from "./autosave.js";
import { start as catalogue } from "./catalogue.js";
import { start as preview } from "./preview.js";

// « Rapide » or « Complet » at once, kept for the person; without a script the server draws the page again.
function modes(editor) {
  const choices = [...document.querySelectorAll("[data-mode-choice]")];
  for (const choice of choices) {
    choice.addEventListener("click", (event) => {
      event.preventDefault();
      const mode = choice.dataset.modeChoice;
      editor.dataset.mode = mode;
      for (const one of choices) one.setAttribute("aria-pressed", String(one === choice));
      editor.querySelector("[data-fold]").open = mode === "full";
      const body = new FormData();
      body.append("mode", mode);
      body.append("csrfmiddlewaretoken", editor.querySelector("[name=csrfmiddlewaretoken]").value);
      fetch(choice.dataset.address, { method: "POST", body, keepalive: true }).catch(() => {});
    });
  }
}

const editor = document.getElementById("editor");
if (editor) {
  modes(editor);
  catalogue(editor);
  preview(editor);
  autosave(editor);
}
