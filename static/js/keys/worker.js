// The long work of a scrutineer, off the page: it takes the seed of a key in, and lets out the message to send alone.
import { demand, Fault } from "../ballots/faults.js";
import { makeCards } from "./cards.js";
import { makeCertificate } from "./certificate.js";
import { keysOf } from "./channel.js";
import { checkArchive, followArchive } from "./checking.js";
import { checkCommitments, commitmentOf, makePolynomial } from "./polynomial.js";
import { giveShare, giveTrial } from "./share.js";
import { makeShare } from "./verification.js";

// The archive that was found whole: a share is made of this one.
let checked = null;

// Told at each tenth of the way: a screen reader would say every step.
let tenth = null;

function progress(done, of) {
  const reached = Math.floor((10 * done) / of);
  if (reached === tenth) return;
  tenth = reached;
  self.postMessage({ progress: { done, of } });
}

const passed = (check) => self.postMessage({ progress: { check } });

// Tasks that send something give {message}; what they are given is what the server holds, and the seed.
const tasks = {
  certificate({ seed, context }) {
    return { message: makeCertificate(keysOf(seed), context) };
  },

  async commitment({ seed, ...held }) {
    return { message: commitmentOf(await makePolynomial(seed, held)) };
  },

  async polynomial({ seed, commitments, ...held }) {
    const message = await makePolynomial(seed, held);
    checkCommitments(commitments, message, held.context);
    return { message };
  },

  async verification({ seed, ...held }) {
    return { message: await makeShare(seed, held, progress) };
  },

  async trial({ seed, ...held }) {
    return { message: JSON.stringify(await giveTrial(seed, held)) };
  },

  async check({ archive, announced }) {
    checked = null;
    checked = await checkArchive(archive, announced, { progress, passed });
    return checked.figures;
  },

  async share({ seed, privateKey }) {
    demand(checked !== null, "nothing_checked");
    return { message: JSON.stringify(await giveShare(seed, checked, privateKey)) };
  },

  follow: ({ archive, earlier }) => followArchive(archive, earlier),

  cards: (wanted) => makeCards(wanted, progress),
};

self.addEventListener("message", async ({ data: { task, ...given } }) => {
  tenth = null;
  try {
    self.postMessage({ result: await tasks[task](given) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    self.postMessage({ fault: { code: error.code, place: error.place, trustee: error.trustee ?? null } });
  }
});
