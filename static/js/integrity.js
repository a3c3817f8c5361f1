// The boxes followed live by a scrutineer: their chains verified here again and again, and nothing that was there before
// may have left or changed since this page was opened. Hooks: docs/cooperative/voting-scripts.md.
import { Fault } from "./ballots/faults.js";
import { bytesOf } from "./ballots/server.js";
import { Steps } from "./ballots/steps.js";
import { ask } from "./ballots/work.js";
import { write } from "./keys/places.js";
import { hire } from "./keys/work.js";

const EVERY = 20_000;
// What may fail between here and the server, or here: it says nothing of the box, and is tried again.
const NOT_THE_BOX = ["unreachable", "expired", "failed"];

function watch(page) {
  const steps = new Steps(page);
  const worker = hire();
  let earlier = null;
  let busy = false;

  // What does not hold is an alarm that no later answer takes back.
  async function look() {
    if (document.hidden || busy) return;
    busy = true;
    try {
      const archive = await bytesOf(page.dataset.archiveUrl);
      write(page, "figure", await ask(worker, { task: "follow", archive, earlier }));
      earlier = archive;
      steps.say("whole", { time: new Date().toLocaleTimeString(document.documentElement.lang) });
    } catch (fault) {
      if (NOT_THE_BOX.includes(fault.code)) {
        steps.say(fault.code);
        return;
      }
      clearInterval(clock);
      steps.say(null);
      steps.blame(new Fault("broken"));
      if (!(fault instanceof Fault)) throw fault;
    } finally {
      busy = false;
    }
  }

  const clock = setInterval(look, Number(page.dataset.every ?? EVERY));
  look();
}

document.querySelectorAll("[data-integrity]").forEach(watch);
