// The scrutineer's page: it makes a key, follows the ceremony of the keys, tries the key, then gives its share of the
// opening. The key lives in this page and in the hands of its owner, never at the server, never in a storage of the
// browser. Hooks: docs/cooperative/voting-scripts.md.
import { demand, Fault } from "./ballots/faults.js";
import { bytesOf, fileOf, post } from "./ballots/server.js";
import { Steps } from "./ballots/steps.js";
import { ask } from "./ballots/work.js";
import { Asked } from "./keys/asked.js";
import { hashOfCertificates } from "./keys/certificate.js";
import { newSeed } from "./keys/channel.js";
import { Checks } from "./keys/checks.js";
import { drawKeepers, nameOf } from "./keys/keepers.js";
import { write } from "./keys/places.js";
import { sentenceOf } from "./keys/sentences.js";
import { drawSheet, saveKey, wipeSheet } from "./keys/sheet.js";
import { boxToOpen, forgetsKey, givenFor, goesAlone, isFollowed, needsKey, stepOf } from "./keys/turn.js";
import { hire } from "./keys/work.js";

const OF_THE_KEY = ["key_needed", "key_other", "file_malformed", "seed_malformed"];
// Milliseconds between two looks at what the others did.
const EVERY = 3000;

const page = document.querySelector("[data-scrutineer]");
const steps = new Steps(page);
const asked = new Asked(page);
const checks = new Checks(page);
let worker = hire();
let state = null;
let step = null;
// The box whose archive came: whatever was found in it, the same one is not checked again.
let looked = null;
let seed = null;
// A key that was made and that its owner has not yet shown to have kept.
let made = null;
let busy = false;
let looking = false;

const counted = ({ done, of }) => steps.say("working", { n: done, of });

function forget() {
  worker.terminate();
  seed = null;
  made = null;
  asked.forget();
  wipeSheet(page);
}

function blame(fault) {
  if (OF_THE_KEY.includes(fault.code)) {
    seed = null;
    asked.show(true, made ? "keep" : step);
  }
  const told = Object.assign(new Fault(fault.code), { sentence: sentenceOf(page, step, fault) });
  steps.blame(told, OF_THE_KEY.includes(fault.code) ? asked.block : null);
  if (!(fault instanceof Fault)) throw fault;
}

// --- steps ------------------------------------------------------------------------------------

// What is about to be opened, checked whole before the key is asked for.
async function check() {
  page.querySelector("[data-checked]").hidden = true;
  const { uuid, archive: address, announced, name: box } = boxToOpen(state);
  steps.say("checking");
  const task = { task: "check", archive: await bytesOf(address), announced };
  looked = uuid;
  const figures = await checks.follow((progress) => ask(worker, task, progress), counted);
  write(page, "figure", { ...figures, box });
  page.querySelector("[data-checked]").hidden = false;
  steps.say("checked");
}

// How far the others are.
function tell() {
  drawKeepers(page, state);
  const awaited = state.waiting_for.map((index) => nameOf(page, index));
  if (step === "wait") steps.say("wait", { n: awaited.length, who: awaited.join(", ") });
}

// `before` is the step that was shown, if any: a page that opens leaves the reader's focus alone.
async function show(before) {
  const { certificates } = state;
  if (step !== before) steps[before ? "show" : "reveal"](step);
  if (forgetsKey(step)) seed = null;
  asked.show(seed === null && needsKey(step), step);
  const hash = certificates.length > 0 ? hashOfCertificates(certificates).match(/.{4}/g).join(" ") : "";
  write(page, "hash", { certificates: hash });
  tell();
  if (step === "share") await check();
  else if (seed !== null && goesAlone(step)) await acts.send();
}

// What others did, or this scrutineer on another page, brings another step, or another box to check.
const isAnother = (found) => stepOf(found) !== step || (step === "share" && boxToOpen(found).uuid !== looked);

const read = async () => JSON.parse(await fileOf(page.dataset.stateUrl));

async function take(found) {
  const before = step;
  state = found;
  step = stepOf(state);
  await show(before);
}

const load = async () => take(await read());

// Looks at what the others did, without a word more than the status: nothing was asked by the reader, who may be acting
// meanwhile.
async function follow() {
  if (busy || looking || document.hidden || !isFollowed(step)) return;
  looking = true;
  try {
    const found = await read();
    if (busy) return;
    if (isAnother(found)) {
      steps.say(null);
      await act(() => take(found));
    } else {
      steps.find();
      state = found;
      tell();
    }
  } catch ({ code }) {
    steps.lose(code ?? "failed");
  } finally {
    looking = false;
  }
}

const acts = {
  make() {
    made = newSeed();
    seed = null;
    drawSheet(page, made);
    steps.show("keep");
    asked.show(true, "keep");
    saveKey(page, { uuid: state.uuid, index: state.context.index }, made);
  },

  download: () => saveKey(page, { uuid: state.uuid, index: state.context.index }, made),

  print: () => window.print(),

  async send() {
    const { uuid, context } = state;
    const key = seed ?? (await asked.read({ uuid, index: context.index }));
    demand(step !== "certificate" || key === made, "key_other");
    steps.say("working", { n: 0, of: 1 });
    const { message } = await ask(worker, { task: step, seed: key, ...givenFor(step, state) }, counted);
    seed = key;
    steps.say("sending");
    await post(page.dataset.sendUrl, JSON.stringify({ step, message, box: boxToOpen(state)?.uuid }));
    made = null;
    wipeSheet(page);
    steps.say("sent");
    await load();
  },
};

async function act(work) {
  if (busy) return;
  busy = true;
  page.setAttribute("aria-busy", "true");
  steps.forgive();
  try {
    await work();
  } catch (fault) {
    steps.say(null);
    blame(fault);
  } finally {
    busy = false;
    page.removeAttribute("aria-busy");
  }
}

page.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-act]");
  if (button) act(acts[button.dataset.act]);
});
// Enter does what the step is for, and never sends the form.
page.addEventListener("submit", (event) => {
  event.preventDefault();
  page.querySelector("[data-step]:not([hidden]) [data-act=send]")?.click();
});
window.addEventListener("pagehide", forget);
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
setInterval(follow, EVERY);
act(load);
