// The box followed live by a scrutineer: its chain verified here again and again, and nothing that was there before may
// have left or changed since this page was opened. Hooks: docs/cooperative/scrutineer-pages.md.
import { Fault } from "./ballots/faults.js";
import { bytesOf } from "./ballots/server.js";
import { Steps } from "./ballots/steps.js";
import { ask } from "./ballots/work.js";
import { hire } from "./keys/work.js";

const EVERY = 20_000;

const page = document.querySelector("[data-integrity]");
const steps = new Steps(page);
const worker = hire();
let earlier = null;
let clock = null;

function write(figures) {
  for (const place of page.querySelectorAll("[data-figure]")) place.textContent = figures[place.dataset.figure];
}

// What cannot be reached is asked again; what does not hold is an alarm that no later answer takes back.
async function look() {
  if (document.hidden) return;
  try {
    const archive = await bytesOf(page.dataset.archiveUrl);
    write(await ask(worker, { task: "follow", archive, earlier }));
    earlier = archive;
    steps.say("whole", { time: new Date().toLocaleTimeString(document.documentElement.lang) });
  } catch (fault) {
    if (fault.code === "unreachable") {
      steps.say("unreachable");
      return;
    }
    clearInterval(clock);
    steps.say(null);
    steps.blame(new Fault("broken"));
    if (!(fault instanceof Fault)) throw fault;
  }
}

const clock = setInterval(look, Number(page.dataset.every ?? EVERY));
look();
