// The voter's page: choose, read again, seal; then open the ballot to check it, or cast it. Choices and code are read
// here, encrypted by the worker, and go nowhere else: the server gets the sealed ballot. Hooks: docs/cooperative/
// voting-scripts.md, « The voter’s page ».
import { plaintextOf } from "./ballots/ballot.js";
import { fieldOf, tell, ticksOf, watchBlank } from "./ballots/choices.js";
import { watchClose } from "./ballots/closing.js";
import { tidyCode } from "./ballots/credentials.js";
import { readElection } from "./ballots/elections.js";
import { demand, Fault } from "./ballots/faults.js";
import { cast, fileOf } from "./ballots/server.js";
import { Pages } from "./ballots/pages.js";
import { Steps } from "./ballots/steps.js";
import { markVoted, takeCode, voiceOf, voicesOf } from "./ballots/voices.js";
import { word } from "./ballots/words.js";
import { ask, hire } from "./ballots/work.js";
import { qrOf } from "./keys/qr.js";

const form = document.querySelector("form[data-voting]");
const steps = new Steps(form);
const pages = new Pages(form);
const code = form.querySelector("[data-code]");
const AT_CODE = ["code_malformed", "credential_unknown"];

let election = null;
let roll = null;
let worker = hire();
let sealed = null;
// A ballot whose answer was lost on its way back may be in the box: sent again, it is the same one.
let sent = false;
let busy = false;

// All that would tell the choice or sign another ballot leaves with the ballot.
function forget() {
  worker.terminate();
  sealed = null;
  sent = false;
  form.reset();
}

function write(hook, text) {
  for (const place of form.querySelectorAll(`[data-${hook}]`)) place.textContent = text ?? "";
}

// The receipt leads to the board; the fragment tells it which ballot to show, and no server.
function receive({ tracker, quarter }) {
  const board = new URL(form.dataset.boardUrl, location.href);
  board.hash = tracker;
  write("quarter", quarter);
  // A ballot known to be in the box since its answer was lost: nobody told when it was received.
  for (const part of form.querySelectorAll("[data-received]")) part.hidden = !quarter;
  form.querySelector("[data-board]").href = board.href;
  form.querySelector("[data-qr]").replaceChildren(qrOf(board.href, word(form, "qr")));
}

function save(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href));
}

const acts = {
  review() {
    const voice = voiceOf(form);
    demand(voice !== null, "voice_missing");
    write("voice-name", voice.dataset.name);
    const ticked = ticksOf(form);
    demand(ticked.length === election.questions.length, "wrong_election");
    const lines = election.questions.map((question, place) => {
      plaintextOf(question, ticked[place], place);
      const blank = ticked[place] === "blank";
      return { question: question.question, blank, held: blank ? [] : ticked[place].map((answer) => question.answers[answer]) };
    });
    tell(form.querySelector("[data-review]"), lines, { blank: form.dataset.wordBlank, nothing: form.dataset.wordNothing });
    steps.show("review");
  },

  async seal() {
    const { text, fingerprint } = election;
    const task = { task: "make", election: text, fingerprint, roll, code: tidyCode(code.value), ticked: ticksOf(form) };
    sealed = await ask(worker, task, ({ done, of }) => steps.say("sealing", { n: done + 1, of }));
    sent = false;
    write("tracker", sealed.tracker);
    steps.show("sealed");
    steps.say("sealed");
  },

  // The worker gives up a ballot that it opens: it can only be made anew. One that was sent may count: opened, it would
  // prove to anybody what its voter chose.
  async audit() {
    demand(!sent, "maybe_cast");
    const { opened } = await ask(worker, { task: "open" });
    sealed = null;
    save(word(form, "file"), opened);
    steps.show("opened");
  },

  async cast() {
    demand(sealed !== null, "nothing_sealed");
    steps.say("casting");
    const { ballot, tracker } = sealed;
    const voice = voiceOf(form);
    const tried = sent;
    sent = true;
    const receipt = await cast(form.dataset.castUrl, voice.value, ballot).catch((fault) => {
      if (tried && fault.code === "seen_before") return { tracker };
      throw fault;
    });
    demand(receipt.tracker === tracker, "tracker_differs");
    receive(receipt);
    forget();
    markVoted(form, voice);
    worker = hire();
    steps.show("done");
    steps.say("cast");
  },

  again() {
    sealed = null;
    steps.show("choose");
  },

  print() {
    window.print();
  },
};

function cureOf({ code: fault, place }) {
  if (AT_CODE.includes(fault)) return code.closest("[data-field]");
  if (fault === "voice_missing") return voicesOf(form);
  if (fault !== "choice_invalid") return null;
  pages.reveal(fieldOf(form, place));
  return fieldOf(form, place);
}

async function act(name) {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  steps.forgive();
  steps.say(null);
  try {
    await acts[name]();
  } catch (fault) {
    steps.say(null);
    steps.blame(fault, cureOf(fault));
    if (!(fault instanceof Fault)) throw fault;
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
  }
}

// Nothing is shown to vote with before the election proved to be the one that was announced.
async function start() {
  try {
    election = readElection(await fileOf(form.dataset.electionUrl), form.dataset.fingerprint);
    demand(election.uuid === form.dataset.uuid, "wrong_election");
    roll = await fileOf(form.dataset.rollUrl);
    steps.reveal("choose");
  } catch (fault) {
    steps.blame(fault);
    if (!(fault instanceof Fault)) throw fault;
  }
}

takeCode(code);
watchBlank(form);
watchClose(form.querySelector("[data-closes-at]"));
form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  if (button) act(button.dataset.act);
});
// Enter does what the step is for, and never sends the form.
form.addEventListener("submit", (event) => {
  event.preventDefault();
  form.querySelector("[data-step]:not([hidden]) [data-act]")?.click();
});
window.addEventListener("pagehide", forget);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
start();
