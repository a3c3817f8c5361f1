// Who holds the key of a vote: every part of trustees.json proved (§5, §11 step 4).
import { dumps, list, loadsExact, record } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import { decodeOwned, sum } from "../ballots/group.js";
import { knowsKey } from "../ballots/proofs.js";
import { blaming } from "./blame.js";
import { readCertificates } from "./certificate.js";
import { checkSignature } from "./channel.js";
import { keyAt, readCoefficients } from "./coefficients.js";

// What is hashed when somebody proves to know the secret of this public key (§3).
export const aboutKey = (key) => `pok|Ed25519|${key}|`;

function readKey({ public_key: text, pok }) {
  const point = decodeOwned(text);
  demand(knowsKey(point, aboutKey(text), pok), "proof_wrong");
  return point;
}

function readSingle(value) {
  const point = readKey(record(value, ["pok", "public_key"]));
  return { owners: [{ point, text: value.public_key, vk: null }], key: point };
}

function readMember(value, vk, expected) {
  const point = readKey(record(value, ["pok", "public_key", "signature"]));
  demand(point.equals(expected), "verification_key_wrong");
  checkSignature(vk, value.public_key, value.signature);
  return { point, text: value.public_key, vk };
}

async function readGroup(value) {
  const parts = ["threshold", "certs", "coefexps", "signatures", "verification_keys"];
  const { threshold, certs, coefexps, signatures, verification_keys: keys } = record(value, parts);
  const size = list(certs).length;
  for (const part of [coefexps, signatures, keys]) list(part, size);
  const certificates = certs.map(dumps);
  const members = await readCertificates(certificates, { size, threshold });
  const polynomials = [];
  for (const [place, { vk }] of members.entries()) {
    const published = { coefexps: coefexps[place], signature: signatures[place] };
    const read = () => readCoefficients(vk, published, { certificates, threshold });
    polynomials.push(await blaming(place + 1, read));
  }
  const owners = [];
  for (const [place, { vk }] of members.entries()) {
    const expected = keyAt(polynomials, place + 1);
    owners.push(await blaming(place + 1, () => readMember(keys[place], vk, expected)));
  }
  const key = sum(polynomials.map(([constant]) => constant));
  demand(!key.is0(), "neutral_point");
  return { owners, key };
}

// Owners in the order of their numbers, from 1, and the key that they hold together.
export async function readTrustees(text) {
  const items = [];
  for (const item of list(loadsExact(text))) {
    const [kind, value] = list(item, 2);
    demand(kind === "Single" || kind === "Pedersen", "shape_wrong");
    items.push(kind === "Single" ? readSingle(value) : await readGroup(value));
  }
  demand(items.length > 0, "shape_wrong");
  return { owners: items.flatMap(({ owners }) => owners), key: sum(items.map(({ key }) => key)) };
}
