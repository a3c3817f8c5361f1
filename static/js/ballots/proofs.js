// The two proofs of a ballot: that a ciphertext holds one of few values, and that one knows the key of a credential.
import { list, record } from "./canonical.js";
import { BASE, decodeScalar, encodePoint, encodeScalar, hashToScalar, mod, NEUTRAL, times, timesPublic } from "./group.js";

const written = (points) => points.map(encodePoint).join(",");

const proofOf = (challenge, response) => ({ challenge: encodeScalar(challenge), response: encodeScalar(response) });

function readProof(value) {
  const { challenge, response } = record(value, ["challenge", "response"]);
  return { challenge: decodeScalar(challenge), response: decodeScalar(response) };
}

// --- one of few values ------------------------------------------------------------------------

// Branches are {value, held, nonce}: the claim is that a ciphertext holds `value`, while it really holds `held`, made
// with `nonce`. The branch numbered `truth` is computed as the others are, from a challenge 0 that its own replaces at
// the end: neither the order of the work nor its amount shows which it is.
export function proveOneOf(branches, { truth, prefix, key, draw }) {
  const drawn = branches.map((branch, place) => ({ challenge: place === truth ? 0n : draw(), response: draw() }));
  const points = branches.flatMap(({ value, held, nonce }, place) => {
    const { challenge, response } = drawn[place];
    const scalar = mod(response + nonce * challenge);
    const shift = mod(BigInt(held - value) * challenge);
    return [times(scalar, BASE), times(scalar, key).add(times(shift, BASE))];
  });
  const others = drawn.reduce((total, { challenge }) => total + challenge, 0n);
  const own = mod(hashToScalar(prefix + written(points)) - others);
  return branches.map(({ nonce }, place) => {
    const { challenge, response } = drawn[place];
    const real = BigInt(place === truth) * own;
    return proofOf(challenge + real, mod(response - nonce * real));
  });
}

// Branches are {alpha, beta, value}, in the order of the proof.
export function holdsOneOf(branches, value, { prefix, key }) {
  const proofs = list(value, branches.length).map(readProof);
  const points = branches.flatMap(({ alpha, beta, value: claimed }, place) => {
    const { challenge, response } = proofs[place];
    const rest = beta.subtract(claimed === 0 ? NEUTRAL : timesPublic(BigInt(claimed), BASE));
    return [
      timesPublic(response, BASE).add(timesPublic(challenge, alpha)),
      timesPublic(response, key).add(timesPublic(challenge, rest)),
    ];
  });
  const total = proofs.reduce((whole, { challenge }) => whole + challenge, 0n);
  return hashToScalar(prefix + written(points)) === mod(total);
}

// --- knowledge of a key -----------------------------------------------------------------------

// `before` is the text that is hashed before the commitment; the same proof signs ballots, messages and public keys.
export function proveKey(secret, before, draw) {
  const nonce = draw();
  const challenge = hashToScalar(before + encodePoint(times(nonce, BASE)));
  return proofOf(challenge, mod(nonce - secret * challenge));
}

export function knowsKey(owner, before, value) {
  const { challenge, response } = readProof(value);
  const commitment = timesPublic(response, BASE).add(timesPublic(challenge, owner));
  return hashToScalar(before + encodePoint(commitment)) === challenge;
}
