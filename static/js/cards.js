// The page where a scrutineer makes the codes of the voters (mode A) and prints their cards. Codes stay on the sheets:
// the server receives public parts alone, in an order of their own. Hooks: docs/cooperative/voting-scripts.md.
import { Fault } from "./ballots/faults.js";
import { fileOf, post } from "./ballots/server.js";
import { Steps } from "./ballots/steps.js";
import { word } from "./ballots/words.js";
import { ask } from "./ballots/work.js";
import { qrOf } from "./keys/qr.js";
import { hire } from "./keys/work.js";

const page = document.querySelector("[data-cards]");
const steps = new Steps(page);
const list = page.querySelector("[data-list]");
const send = page.querySelector("[data-act=send]");
const worker = hire();
let state = null;
let roll = null;
let busy = false;

// A code in the fragment of an address never leaves the telephone that reads it.
const pointed = (code) => (page.dataset.cardUrl ? `${page.dataset.cardUrl}#${code}` : code);

function draw({ label, code }) {
  const card = page.querySelector("template").content.cloneNode(true);
  card.querySelector("[data-card-label]").textContent = label;
  card.querySelector("[data-card-code]").textContent = code;
  card.querySelector("[data-card-qr]").replaceChildren(qrOf(pointed(code), word(page, "qr")));
  return card;
}

function forget() {
  list.replaceChildren();
  roll = null;
}

const acts = {
  async make() {
    const { uuid, labels } = state;
    const task = { task: "cards", uuid, labels };
    const made = await ask(worker, task, ({ done, of }) => steps.say("working", { n: done, of }));
    roll = made.roll;
    list.replaceChildren(...made.cards.map(draw));
    send.disabled = true;
    steps.show("print");
    steps.say("made", { n: labels.length });
  },

  // Codes that were sent without being printed would be nobody's.
  print() {
    window.print();
    send.disabled = false;
  },

  async send() {
    steps.say("sending");
    await post(page.dataset.sendUrl, JSON.stringify({ step: "cards", message: roll }));
    forget();
    steps.show("done");
    steps.say("sent");
  },
};

async function act(work) {
  if (busy) return;
  busy = true;
  steps.forgive();
  try {
    await work();
  } catch (fault) {
    steps.say(null);
    steps.blame(fault);
    if (!(fault instanceof Fault)) throw fault;
  } finally {
    busy = false;
  }
}

page.addEventListener("submit", (event) => event.preventDefault());
page.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  if (button) act(acts[button.dataset.act]);
});
window.addEventListener("beforeunload", (event) => {
  if (roll !== null) event.preventDefault();
});
window.addEventListener("pagehide", forget);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
act(async () => {
  state = JSON.parse(await fileOf(page.dataset.stateUrl));
  steps.reveal(state.done ? "done" : "make");
});
