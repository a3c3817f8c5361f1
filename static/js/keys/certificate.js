// A trustee's two public keys, signed, and the check of all of them together (§4.2 and §4.3).
import { dumps, list, loadsExact, record } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import { decodeOwned, hexHash } from "../ballots/group.js";
import { blaming } from "./blame.js";
import { heard, signed } from "./channel.js";

const CONTEXT = ["group", "size", "threshold", "index"];

function written({ size, threshold, index }) {
  return { group: "Ed25519", size, threshold, index };
}

export function makeCertificate(keys, context) {
  const message = dumps({ context: written(context), verification: keys.vk, encryption: keys.ek });
  return dumps(signed(keys, message));
}

function readCertificate(text, expected) {
  const certificate = loadsExact(text);
  const { message } = record(certificate, ["message", "signature"]);
  const found = record(loadsExact(message), ["context", "verification", "encryption"]);
  record(found.context, CONTEXT);
  demand(dumps(found.context) === dumps(expected), "certificate_wrong");
  const { verification: vk, encryption: ek } = found;
  [vk, ek].forEach(decodeOwned);
  heard(vk, certificate);
  return { vk, ek };
}

// Γ: every certificate in its place, for this size and this threshold, and no key used twice.
export async function readCertificates(texts, { size, threshold }) {
  demand(Number.isSafeInteger(threshold) && threshold >= 1 && threshold < size, "threshold_wrong");
  list(texts, size);
  const members = [];
  const seen = new Set();
  for (const [place, text] of texts.entries()) {
    const expected = written({ size, threshold, index: place + 1 });
    const member = await blaming(place + 1, () => {
      const { vk, ek } = readCertificate(text, expected);
      demand(vk !== ek && ![vk, ek].some((key) => seen.has(key)), "key_twice");
      return { vk, ek };
    });
    seen.add(member.vk).add(member.ek);
    members.push(member);
  }
  return members;
}

// The same, for the trustee of these keys, whose own certificate must be there as it was sent.
export async function membersFor(keys, texts, context) {
  const members = await readCertificates(texts, context);
  const own = members[context.index - 1];
  demand(own?.vk === keys.vk && own.ek === keys.ek, "key_other");
  return members;
}

// What the trustees read to each other: whoever was given other certificates has another one.
export const hashOfCertificates = (texts) => hexHash(`[${texts.join()}]`);
