// A ballot checked as the server checks it: its writing, its points, its signature, every proof.
import { dumps, list, loadsExact, record } from "./canonical.js";
import { demand } from "./faults.js";
import { base64Hash, decodeOwned, decodePoint } from "./group.js";
import { holdsOneOf, knowsKey } from "./proofs.js";
import { claims, total, withoutBlank } from "./questions.js";

function readChoice(value) {
  const { alpha, beta } = record(value, ["alpha", "beta"]);
  return { alpha: decodeOwned(alpha), beta: decodePoint(beta) };
}

function checkAnswer(question, value, { about, key, place }) {
  const keys = ["choices", "individual_proofs", "overall_proof", ...(question.blank ? ["blank_proof"] : [])];
  const found = record(value, keys);
  const choices = list(found.choices, question.answers.length + Number(question.blank)).map(readChoice);
  const whole = total(withoutBlank(question, choices));
  const holds = ({ prefix, branches }, proof) => {
    const told = branches.map(({ of, value: claimed }) => ({ ...(of === "sum" ? whole : choices[of]), value: claimed }));
    demand(holdsOneOf(told, proof, { prefix, key }), "proof_wrong", place);
  };
  const { individual, blank, overall } = claims(question, choices, about);
  list(found.individual_proofs, choices.length);
  individual.forEach((claim, number) => holds(claim, found.individual_proofs[number]));
  holds(overall, found.overall_proof);
  if (blank) holds(blank, found.blank_proof);
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
