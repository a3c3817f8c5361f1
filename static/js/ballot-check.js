// The page where an opened ballot is checked, by anybody, on any machine: all is computed again from the file, here.
// Hooks: docs/cooperative/voting-scripts.md, « The page of checks ».
import { tell } from "./ballots/choices.js";
import { textOf } from "./ballots/canonical.js";
import { Fault } from "./ballots/faults.js";
import { Steps } from "./ballots/steps.js";
import { ask, hire } from "./ballots/work.js";

const page = document.querySelector("form[data-ballot-check]");
const steps = new Steps(page);
const field = page.querySelector("[data-opened]");
const worker = hire();

function show(found) {
  for (const hook of ["name", "fingerprint", "tracker", "credential"]) {
    page.querySelector(`[data-found="${hook}"]`).textContent = found[hook];
  }
  tell(page.querySelector("[data-lines]"), found.questions, { blank: page.dataset.wordBlank, nothing: page.dataset.wordNothing });
  steps.show("found");
}

async function check() {
  steps.forgive();
  steps.reveal("none");
  try {
    const task = { task: "check", opened: field.querySelector("textarea").value.trim() };
    show(await ask(worker, task, ({ done, of }) => steps.say("checking", { n: done + 1, of })));
    steps.say("true");
  } catch (fault) {
    steps.say(null);
    steps.blame(fault, field);
    if (!(fault instanceof Fault)) throw fault;
  }
}

page.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (!file) return;
  try {
    field.querySelector("textarea").value = textOf(await file.arrayBuffer());
    await check();
  } catch (fault) {
    steps.blame(fault, field);
  }
});
page.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
