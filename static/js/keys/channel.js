// What a trustee's seed gives, and how trustees write to each other through a server that cannot read (§4.1).
import { dumps, loadsExact, record, string } from "../ballots/canonical.js";
import { drawLetters } from "../ballots/credentials.js";
import { demand, Fault } from "../ballots/faults.js";
import {
  BASE,
  decodeOwned,
  decodePoint,
  encodePoint,
  hashOf,
  hashToScalar,
  hexHash,
  Q,
  randomScalar,
  times,
} from "../ballots/group.js";
import { knowsKey, proveKey } from "../ballots/proofs.js";

const SEED = /^[1-9A-HJ-NP-Za-km-z]{22}$/;
const HEX = /^([0-9a-f]{2})*$/;

export const newSeed = () => drawLetters(22);

export function keysOf(seed) {
  demand(SEED.test(seed), "seed_malformed");
  const [sk, dk] = ["sk", "dk"].map((use) => hashToScalar(`${use}|${seed}`));
  return { sk, dk, vk: encodePoint(times(sk, BASE)), ek: encodePoint(times(dk, BASE)) };
}

// Scalars that the seed gives again for the same subject, and for no other: a message whose hash was published
// first is written anew, byte for byte, by a page that kept nothing.
export function drawing(seed, subject) {
  let count = 0;
  return function draw() {
    const place = count++;
    const halves = [0, 1].map((half) => hexHash(`draw|${subject}|${place}|${half}|${seed}`));
    const scalar = BigInt(`0x${halves.join("")}`) % Q;
    return scalar === 0n ? draw() : scalar;
  };
}

// --- signed messages --------------------------------------------------------------------------

export const sign = (keys, message, draw = randomScalar) => proveKey(keys.sk, `sigmsg|${message}|`, draw);

export const signed = (keys, message, draw = randomScalar) => ({ message, signature: sign(keys, message, draw) });

export function checkSignature(vk, message, signature) {
  demand(knowsKey(decodeOwned(vk), `sigmsg|${message}|`, signature), "signature_wrong");
}

// The message of a signed one, once its signature holds under this verification key.
export function heard(vk, value) {
  const { message, signature } = record(value, ["message", "signature"]);
  checkSignature(vk, string(message), signature);
  return message;
}

// --- sealed messages --------------------------------------------------------------------------

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// All 32 bytes of the hash are the nonce, as the protocol wants.
const settings = (alpha) => ({ name: "AES-GCM", iv: hashOf(`iv|${alpha}`), tagLength: 128 });

function cipherKey(shared, use) {
  return crypto.subtle.importKey("raw", hashOf(`key|${encodePoint(shared)}`), "AES-GCM", false, [use]);
}

export async function encrypt(ek, text, draw = randomScalar) {
  const [r, s] = [draw(), draw()];
  const shared = times(s, BASE);
  const alpha = encodePoint(times(r, BASE));
  const beta = encodePoint(times(r, decodeOwned(ek)).add(shared));
  const key = await cipherKey(shared, "encrypt");
  const data = await crypto.subtle.encrypt(settings(alpha), key, new TextEncoder().encode(text));
  return dumps({ algorithm: "AES-GCM", alpha, beta, data: hexOf(new Uint8Array(data)) });
}

export async function decrypt(dk, text) {
  const sealed = record(loadsExact(text), ["algorithm", "alpha", "beta", "data"]);
  const { algorithm, alpha, beta, data } = sealed;
  demand(algorithm === "AES-GCM" && HEX.test(string(data)), "channel_wrong");
  const shared = decodePoint(beta).subtract(times(dk, decodePoint(alpha)));
  const bytes = Uint8Array.from(data.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  try {
    const opened = await crypto.subtle.decrypt(settings(alpha), await cipherKey(shared, "decrypt"), bytes);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(opened);
  } catch {
    throw new Fault("channel_wrong");
  }
}

export function send(keys, recipient, message, draw = randomScalar) {
  return encrypt(recipient, dumps(signed(keys, dumps({ recipient, message }), draw)), draw);
}

export async function receive(keys, sender, text) {
  const letter = heard(sender, loadsExact(await decrypt(keys.dk, text)));
  const { recipient, message } = record(loadsExact(letter), ["recipient", "message"]);
  demand(recipient === keys.ek, "channel_wrong");
  return string(message);
}
