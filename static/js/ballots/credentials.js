// The code of a voter: drawn, typed back, turned into the key that signs a ballot.
import { demand } from "./faults.js";
import { BASE, encodePoint, hexHash, Q, times } from "./group.js";

const LETTERS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const CODE = new RegExp(`^[${LETTERS}]{22}$`);
// The largest multiple of 58 in a byte: above it, a letter would come more often than another.
const FAIR = 256 - (256 % LETTERS.length);

export function drawLetters(length) {
  let letters = "";
  while (letters.length < length) {
    const [byte] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < FAIR) letters += LETTERS[byte % LETTERS.length];
  }
  return letters;
}

const grouped = (letters) => [letters.slice(0, 5), letters.slice(5, 11), letters.slice(11, 16), letters.slice(16)].join("-");

export const newCode = () => grouped(drawLetters(22));

// As it is hashed, whatever spaces and hyphens were typed or pasted with it.
export function tidyCode(typed) {
  const letters = typed.replace(/[\s\-\u2010-\u2015]/g, "");
  demand(CODE.test(letters), "code_malformed");
  return grouped(letters);
}

export function privateKey(uuid, code) {
  const halves = [0, 1].map((half) => hexHash(`derive_credential|${uuid}|${half}|${code}`));
  return BigInt(`0x${halves.join("")}`) % Q;
}

export const publicCredential = (key) => encodePoint(times(key, BASE));
