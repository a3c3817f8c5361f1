// A ballot checked as the server checks it: its writing, its points, its signature, every proof.
import { dumps, list, loadsExact, record } from "./canonical.js";
import { demand } from "./faults.js";
import { base64Hash, decodeOwned, decodePoint } from "./group.js";
import { holds, knowsKey } from "./proofs.js";
import { answersOf, claims, total, withTexts } from "./questions.js";

function readChoice(value) {
  const { alpha, beta } = record(value, ["alpha", "beta"]);
  return { alpha: decodeOwned(alpha), beta: decodePoint(beta), text: `${alpha},${beta}` };
}

function checkAnswer(question, value, { about, key, place }) {
  const apart = question.blank ? ["blank_proof"] : [];
  const found = record(value, ["choices", "individual_proofs", "overall_proof", ...apart]);
  const choices = list(found.choices, question.answers.length + apart.length).map(readChoice);
  const each = list(found.individual_proofs, choices.length);
  const proofs = [...each, ...apart.map((name) => found[name]), found.overall_proof];
  const boxes = [...choices, ...withTexts([total(answersOf(question, choices))])];
  claims(question, boxes, about).forEach((claim, number) => demand(holds(claim, proofs[number], key), "proof_wrong", place));
  return choices;
}

// Gives the ciphertexts of each question; whether the credential is of the roll is asked by who holds one.
export function verifyBallot(text, election, progress = () => {}) {
  const found = record(loadsExact(text), ["election_uuid", "election_hash", "credential", "answers", "signature"]);
  demand(found.election_uuid === election.uuid && found.election_hash === election.fingerprint, "wrong_election");
  const owner = decodeOwned(found.credential);
  const { signature, ...body } = found;
  const { hash, proof } = record(signature, ["hash", "proof"]);
  demand(hash === base64Hash(dumps(body)), "hash_wrong");
  demand(knowsKey(owner, `sig|${hash}|`, proof), "signature_wrong");
  const about = `${election.fingerprint}|${found.credential}`;
  const answers = list(found.answers, election.questions.length).map((value, place) => {
    progress(place, election.questions.length);
    return checkAnswer(election.questions[place], value, { about, key: election.key, place });
  });
  return { credential: found.credential, hash, tracker: base64Hash(text), answers };
}
