// A trustee's part of the opening: a factor for each sum, proved twice (§9, and the strict proof of §14).
import { dumps, list, loadsExact, record } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import {
  BASE,
  base64Hash,
  decodeScalar,
  encodePoint,
  encodeScalar,
  hashToScalar,
  hexHash,
  mod,
  NEUTRAL,
  randomScalar,
  times,
  timesPublic,
} from "../ballots/group.js";
import { keysOf, receive } from "./channel.js";
import { writeSums } from "./tally.js";
import { readTrustees } from "./trustees.js";

// That one secret leads from G to the trustee's key and from α to the factor.
function prove(secret, alpha, words) {
  const nonce = randomScalar();
  const commitments = [times(nonce, BASE), times(nonce, alpha)].map(encodePoint);
  const challenge = hashToScalar(`${words}|${commitments}`);
  return { challenge: encodeScalar(challenge), response: encodeScalar(mod(nonce - secret * challenge)) };
}

// Proofs of the protocol hash neither α nor the factor; the strict ones of this house hash both, and their place.
function open({ secret, key, owner }, { sums, text }, fingerprint) {
  const plain = `decrypt|${fingerprint}|${key}`;
  const strict = `decrypt-strict|${fingerprint}|${key}|${hexHash(text)}`;
  const done = sums.map((places, question) =>
    places.map(({ alpha }, place) => {
      const factor = encodePoint(times(secret, alpha));
      const where = `${question},${place},${encodePoint(alpha)},${factor}`;
      return {
        factor,
        proof: prove(secret, alpha, plain),
        strictProof: prove(secret, alpha, `${strict}|${where}`),
      };
    }),
  );
  const each = (name) => done.map((places) => places.map((one) => one[name]));
  return {
    partial: dumps({ decryption_factors: each("factor"), decryption_proofs: each("proof") }),
    strict: dumps({ owner, strict_proofs: each("strictProof") }),
  };
}

// The share of this seed, whose place among the trustees of the vote must be its own.
async function holderOf(seed, trustees, privateKey) {
  const keys = keysOf(seed);
  const place = trustees.owners.findIndex(({ vk }) => vk === keys.vk);
  demand(place >= 0, "key_other");
  const letter = loadsExact(await receive(keys, keys.vk, privateKey));
  const secret = decodeScalar(record(letter, ["decryption_key"]).decryption_key);
  const { point, text } = trustees.owners[place];
  demand(times(secret, BASE).equals(point), "verification_key_wrong");
  return { secret, key: text, owner: place + 1 };
}

const trialFingerprint = (uuid) => base64Hash(`trial|${uuid}`);

// Of the tally that this page has recomputed itself (`checkArchive`), and of nothing else.
export async function giveShare(seed, { election, trustees, tally }, privateKey) {
  const holder = await holderOf(seed, trustees, privateKey);
  return { owner: holder.owner, ...open(holder, tally, election.fingerprint) };
}

// A share of nothing: its α are made from numbers that everybody may know, so that it opens no ballot whatever the
// server asks, and its fingerprint is of no election. It proves only that the key was kept.
export async function giveTrial(seed, { uuid, trustees, privateKey, numbers }) {
  const points = list(loadsExact(numbers)).map((number) => timesPublic(decodeScalar(number), BASE));
  const sums = [points.map((alpha) => ({ alpha, beta: NEUTRAL }))];
  const holder = await holderOf(seed, await readTrustees(trustees), privateKey);
  return { owner: holder.owner, ...open(holder, { sums, text: writeSums(sums) }, trialFingerprint(uuid)) };
}
