// The two proofs of a ballot: that a ciphertext holds one of few values, and that one knows the key of a credential.
import { list, record } from "./canonical.js";
import { BASE, decodeScalar, encodePoint, encodePoints, encodeScalar, hashToScalar, mod, NEUTRAL, times, timesPublic } from "./group.js";

const proofOf = (challenge, response) => ({ challenge: encodeScalar(challenge), response: encodeScalar(response) });

function readProof(value) {
  const { challenge, response } = record(value, ["challenge", "response"]);
  return { challenge: decodeScalar(challenge), response: decodeScalar(response) };
}

// --- one of few values ------------------------------------------------------------------------

// The commitments of one claim, A then B of each branch. All but one of its branches are false, and only these shift
// their B: as many multiplications, of the same points and in the same order, whichever is the true one.
function commitments(branches, truth, key) {
  const scalars = branches.map(({ nonce, challenge, response }) => mod(response + nonce * challenge));
  const pairs = scalars.map((scalar) => [times(scalar, BASE), times(scalar, key)]);
  const others = branches.filter((_, place) => place !== truth);
  const shifts = others.map(({ value, held, challenge }) => times(mod(BigInt(held - value) * challenge), BASE));
  shifts.splice(truth, 0, NEUTRAL);
  return pairs.flatMap(([first, second], place) => [first, second.add(shifts[place])]);
}

// Every claim {prefix, branches, truth} is proven, in order. Branches are {value, held, nonce}: the claim is that a
// ciphertext holds `value`, while it really holds `held`, made with `nonce`. The branch numbered `truth` is committed to
// as the others are, from a challenge 0 that its own replaces at the end.
export function prove(claims, { key, draw }) {
  const drawn = claims.map(({ branches, truth }) =>
    branches.map((branch, place) => ({ ...branch, challenge: place === truth ? 0n : draw(), response: draw() })),
  );
  const texts = encodePoints(claims.flatMap(({ truth }, number) => commitments(drawn[number], truth, key)));
  return claims.map(({ prefix, truth }, number) => {
    const branches = drawn[number];
    const others = branches.reduce((total, { challenge }) => total + challenge, 0n);
    const own = mod(hashToScalar(prefix + texts.splice(0, 2 * branches.length).join(",")) - others);
    return branches.map(({ nonce, challenge, response }, place) => {
      const real = BigInt(place === truth) * own;
      return proofOf(challenge + real, mod(response - nonce * real));
    });
  });
}

// Whether the proofs are those of the claim, whose branches are {alpha, beta, value}.
export function holds({ prefix, branches }, value, key) {
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
  return hashToScalar(prefix + encodePoints(points).join(",")) === mod(total);
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
