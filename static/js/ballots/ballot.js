// A ballot made: each answer encrypted, each proof given, the whole signed by the voter's credential.
import { dumps } from "./canonical.js";
import { publicCredential } from "./credentials.js";
import { demand } from "./faults.js";
import { BASE, base64Hash, encodePoint, mod, NEUTRAL, randomScalar, times } from "./group.js";
import { prove, proveKey } from "./proofs.js";
import { answersOf, claims, total, withTexts, written } from "./questions.js";

const count = (numbers) => numbers.reduce((whole, number) => whole + number, 0);

// The plaintext of a question from the numbers of the answers that were ticked, or « blank ».
export function plaintextOf(question, ticked, place) {
  const blank = ticked === "blank";
  const answers = question.answers.map((_, answer) => Number(!blank && ticked.includes(answer)));
  const chosen = count(answers);
  const within = chosen >= question.minimum && chosen <= question.maximum && (blank || chosen === ticked.length);
  demand(blank ? question.blank : within, "choice_invalid", place);
  return question.blank ? [Number(blank), ...answers] : answers;
}

function encrypt(held, key, draw) {
  const nonce = draw();
  // Both are added, one of them changes nothing: the same work for 0 and 1.
  return { held, nonce, alpha: times(nonce, BASE), beta: times(nonce, key).add([NEUTRAL, BASE][held]) };
}

function summed(question, choices) {
  const answers = answersOf(question, choices);
  const nonce = mod(answers.reduce((whole, choice) => whole + choice.nonce, 0n));
  return { ...total(answers), held: count(answers.map(({ held }) => held)), nonce };
}

function ciphertext({ text }) {
  const [alpha, beta] = text.split(",");
  return { alpha, beta };
}

// A true claim has one true branch: a question always takes the same number of draws.
function answer(question, plaintext, { about, key, draw }) {
  const choices = plaintext.map((held) => encrypt(held, key, draw));
  const boxes = withTexts([...choices, summed(question, choices)]);
  const told = claims(question, boxes, about).map((claim) => ({
    ...claim,
    truth: claim.branches.findIndex(({ held, value }) => held === value),
  }));
  const proofs = written(question, prove(told, { key, draw }));
  const object = { choices: boxes.slice(0, -1).map(ciphertext), ...proofs };
  return { object, nonces: choices.map(({ nonce }) => nonce) };
}

// Gives the text of the ballot, its tracker, and the nonces that would open it: whoever casts it forgets them.
export function makeBallot(election, { secret, plaintexts, draw = randomScalar, progress = () => {} }) {
  demand(plaintexts.length === election.questions.length, "shape_wrong");
  const credential = publicCredential(secret);
  const about = `${election.fingerprint}|${credential}`;
  const made = election.questions.map((question, place) => {
    progress(place, election.questions.length);
    return answer(question, plaintexts[place], { about, key: election.key, draw });
  });
  const body = {
    election_uuid: election.uuid,
    election_hash: election.fingerprint,
    credential,
    answers: made.map(({ object }) => object),
  };
  const hash = base64Hash(dumps(body));
  const proof = proveKey(secret, `sig|${hash}|`, draw);
  const text = dumps({ ...body, signature: { hash, proof } });
  return { text, tracker: base64Hash(text), credential, nonces: made.map(({ nonces }) => nonces) };
}
