// One proof, three uses: that somebody knows the secret of a public key, and says these words by it.
import { record } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import {
  BASE,
  decodeScalar,
  encodePoint,
  encodeScalar,
  hashToScalar,
  mod,
  randomScalar,
  times,
  timesPublic,
} from "../ballots/group.js";

// `words` is what is hashed before the commitment: « pok|Ed25519|X », « sigmsg|M », « sig|hash ».
export function prove(secret, words, draw = randomScalar) {
  const nonce = draw();
  const challenge = hashToScalar(`${words}|${encodePoint(times(nonce, BASE))}`);
  return { challenge: encodeScalar(challenge), response: encodeScalar(mod(nonce - secret * challenge)) };
}

export function readProof(proof) {
  const { challenge, response } = record(proof, ["challenge", "response"]);
  return { challenge: decodeScalar(challenge), response: decodeScalar(response) };
}

export function checkProof(point, words, proof, code = "proof_wrong") {
  const { challenge, response } = readProof(proof);
  const commitment = timesPublic(response, BASE).add(timesPublic(challenge, point));
  demand(hashToScalar(`${words}|${encodePoint(commitment)}`) === challenge, code);
}
