// Runs in Chromium: a ballot sealed as voters seal it, against the bare multiplications that its proofs cannot do
// without, turn by turn; tells the milliseconds of every turn to the bench that waits for them.
import { makeBallot, plaintextOf } from "/static/js/ballots/ballot.js";
import { readElection } from "/static/js/ballots/elections.js";
import { randomScalar } from "/static/js/ballots/group.js";
import { Point } from "/static/vendor/noble/noble.js";

const text = await (await fetch("/election.json")).text();
const secret = randomScalar();
const known = readElection(text);
const plaintexts = known.questions.map((question) => plaintextOf(question, [0]));

// Each choice: its ciphertext (one of the base, one of the key), the false branch of its proof (two, one), the true one
// (one, one). Each question: the one branch of its sum. Then credential and signature.
const choices = known.questions.reduce((count, { answers }) => count + answers.length, 0);
const questions = known.questions.length;
const ofBase = Array.from({ length: 4 * choices + questions + 2 }, randomScalar);
const ofKey = Array.from({ length: 3 * choices + questions }, randomScalar);
const key = known.key.toBytes();

// A key never seen before, as it is for a voter: its table is part of both.
const ways = {
  ours: () => makeBallot(readElection(text), { secret, plaintexts }),
  bare() {
    const fresh = Point.fromBytes(key).precompute(8);
    for (const scalar of ofBase) Point.BASE.multiply(scalar);
    for (const scalar of ofKey) fresh.multiply(scalar);
  },
};

const spent = { ours: [], bare: [] };
for (let turn = -2; turn < Number(document.body.dataset.turns); turn++) {
  for (const [name, way] of Object.entries(ways)) {
    const start = performance.now();
    way();
    if (turn >= 0) spent[name].push(performance.now() - start);
  }
}
await fetch("/spent", { method: "POST", body: JSON.stringify(spent) });
