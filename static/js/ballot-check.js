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
const text = field.querySelector("textarea");
const picked = page.querySelector("input[type=file]");
const worker = hire();

let busy = false;

function show(found) {
  for (const hook of ["name", "fingerprint", "tracker", "credential"]) {
    page.querySelector(`[data-found="${hook}"]`).textContent = found[hook];
  }
  tell(page.querySelector("[data-lines]"), found.questions, { blank: page.dataset.wordBlank, nothing: page.dataset.wordNothing });
  steps.show("found");
}

function hold(held) {
  busy = held;
  page.setAttribute("aria-busy", held);
  text.readOnly = picked.disabled = held;
}

// One at a time, and nothing else brought meanwhile: what is said is of the ballot that stands there.
async function check(file) {
  if (busy) return;
  hold(true);
  steps.forgive();
  steps.reveal("none");
  try {
    if (file) text.value = textOf(await file.arrayBuffer());
    const task = { task: "check", opened: text.value.trim() };
    show(await ask(worker, task, ({ done, of }) => steps.say("checking", { n: done + 1, of })));
    steps.say("true");
  } catch (fault) {
    steps.say(null);
    steps.blame(fault, field);
    if (!(fault instanceof Fault)) throw fault;
  } finally {
    hold(false);
  }
}

picked.addEventListener("change", () => {
  if (picked.files.length) check(picked.files[0]);
});
page.addEventListener("submit", (event) => {
  event.preventDefault();
  check();
});
