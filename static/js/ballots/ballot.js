// A ballot made: each answer encrypted, each proof given, the whole signed by the voter's credential.
import { dumps } from "./canonical.js";
import { publicCredential } from "./credentials.js";
import { demand } from "./faults.js";
import { BASE, base64Hash, encodePoint, mod, NEUTRAL, randomScalar, times } from "./group.js";
import { proveKey, proveOneOf } from "./proofs.js";
import { claims, withoutBlank } from "./questions.js";

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

const ciphertext = ({ alpha, beta }) => ({ alpha: encodePoint(alpha), beta: encodePoint(beta) });

// Every proof has one true branch, so that a question always takes the same number of draws.
function answer(question, plaintext, { about, key, draw }) {
  const choices = plaintext.map((held) => encrypt(held, key, draw));
  const own = withoutBlank(question, choices);
  const whole = { held: count(own.map(({ held }) => held)), nonce: mod(own.reduce((sum, { nonce }) => sum + nonce, 0n)) };
  const prove = ({ prefix, branches }, truth) =>
    proveOneOf(
      branches.map(({ of, value }) => ({ ...(of === "sum" ? whole : choices[of]), value })),
      { truth, prefix, key, draw },
    );
  const { individual, blank, overall } = claims(question, choices, about);
  const ticked = question.blank ? plaintext[0] : 0;
  const each = individual.map((claim, place) => prove(claim, plaintext[place]));
  // Drawn before the overall proof, written after it.
  const apart = blank ? { blank_proof: prove(blank, ticked) } : {};
  const place = whole.held - question.minimum;
  const overallProof = prove(overall, question.blank ? (1 - ticked) * (1 + place) : place);
  const object = { choices: choices.map(ciphertext), individual_proofs: each, overall_proof: overallProof, ...apart };
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
