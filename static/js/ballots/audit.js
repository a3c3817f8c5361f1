// A sealed ballot opened instead of cast: its nonces shown, so that anyone computes again what it holds.
import { dumps, list, loadsExact, record, string } from "./canonical.js";
import { readElection } from "./elections.js";
import { demand } from "./faults.js";
import { BASE, decodeScalar, encodeScalar, timesPublic } from "./group.js";
import { verifyBallot } from "./verify.js";

export function openBallot(election, ballot) {
  const nonces = ballot.nonces.map((row) => row.map(encodeScalar));
  return dumps({ version: 1, election: election.text, ballot: ballot.text, nonces });
}

// 0 or 1 from the ciphertext itself: nobody is believed on what it was said to hold.
function held({ alpha, beta }, nonce, key) {
  demand(timesPublic(nonce, BASE).equals(alpha), "nonce_wrong");
  const rest = beta.subtract(timesPublic(nonce, key));
  demand(rest.is0() || rest.equals(BASE), "nonce_wrong");
  return !rest.is0();
}

function opened({ question, answers, blank }, choices, { nonces, key }) {
  list(nonces, choices.length);
  const found = choices.map((choice, place) => held(choice, decodeScalar(nonces[place]), key));
  const isBlank = blank && found.shift();
  return { question, blank: isBlank, held: answers.filter((_, answer) => found[answer]) };
}

// Gives what the ballot really holds, and the fingerprint and tracker to compare with those that were shown.
export function readOpened(text, progress) {
  const file = record(loadsExact(text), ["version", "election", "ballot", "nonces"]);
  demand(file.version === 1, "shape_wrong");
  const election = readElection(string(file.election));
  const { tracker, credential, answers } = verifyBallot(string(file.ballot), election, progress);
  const rows = list(file.nonces, answers.length);
  const questions = election.questions.map((question, place) =>
    opened(question, answers[place], { nonces: rows[place], key: election.key }),
  );
  return { name: election.name, fingerprint: election.fingerprint, tracker, credential, questions };
}
