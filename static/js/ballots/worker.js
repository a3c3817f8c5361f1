// The long work of a ballot, off the page: it takes a code and choices in, and lets out the ballot alone. What would
// open the last ballot stays here until the voter asks for it; the page ends the worker as soon as the ballot is cast.
import { openBallot, readOpened } from "./audit.js";
import { makeBallot, plaintextOf } from "./ballot.js";
import { privateKey, publicCredential, tidyCode } from "./credentials.js";
import { readElection, readRoll } from "./elections.js";
import { demand, Fault } from "./faults.js";

let sealed = null;

const progress = (done, of) => self.postMessage({ progress: { done, of } });

const tasks = {
  make({ election: text, fingerprint, roll, code, ticked }) {
    sealed = null;
    const election = readElection(text, fingerprint);
    const secret = privateKey(election.uuid, tidyCode(code));
    demand(readRoll(roll).includes(publicCredential(secret)), "credential_unknown");
    demand(ticked.length === election.questions.length, "shape_wrong");
    const plaintexts = election.questions.map((question, place) => plaintextOf(question, ticked[place], place));
    const ballot = makeBallot(election, { secret, plaintexts, progress });
    sealed = { election, ballot };
    return { ballot: ballot.text, tracker: ballot.tracker };
  },

  // Once open, a ballot is never offered again: whoever holds the nonces knows what it says.
  open() {
    demand(sealed !== null, "nothing_sealed");
    const { election, ballot } = sealed;
    sealed = null;
    return { opened: openBallot(election, ballot) };
  },

  check: ({ opened }) => readOpened(opened, progress),
};

self.addEventListener("message", ({ data }) => {
  try {
    self.postMessage({ result: tasks[data.task](data) });
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    self.postMessage({ fault: { code: error.code, place: error.place } });
  }
});
