// A trustee's polynomial: its values sealed for each trustee, announced by its SHA-256 before it is shown (§4.4).
import { dumps, list } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import { BASE, encodePoint, encodeScalar, hexHash, mod, times } from "../ballots/group.js";
import { hashOfCertificates, membersFor } from "./certificate.js";
import { drawing, keysOf, send, sign, signed } from "./channel.js";
import { bond } from "./coefficients.js";

const HASH = /^[0-9a-f]{64}$/;

function valueAt(coefficients, x) {
  return coefficients.reduceRight((value, coefficient) => mod(value * x + coefficient), 0n);
}

// The same message each time that it is asked for with the same seed and certificates.
export async function makePolynomial(seed, { context, certificates }) {
  const keys = keysOf(seed);
  const members = await membersFor(keys, certificates, context);
  const draw = drawing(seed, `polynomial|${hashOfCertificates(certificates)}`);
  const coefficients = Array.from({ length: context.threshold }, () => draw());
  const exponents = coefficients.map((coefficient) => encodePoint(times(coefficient, BASE)));
  const note = dumps({ polynomial: coefficients.map(encodeScalar) });
  const polynomial = await send(keys, keys.ek, note, draw);
  const secrets = [];
  for (const [place, { ek }] of members.entries()) {
    const secret = encodeScalar(valueAt(coefficients, BigInt(place + 1)));
    secrets.push(await send(keys, ek, dumps({ secret }), draw));
  }
  const coefexps = signed(keys, dumps({ coefexps: exponents }), draw);
  return dumps({ polynomial, secrets, coefexps, signature: sign(keys, bond(certificates, exponents), draw) });
}

export const commitmentOf = (polynomial) => hexHash(polynomial);

// Nobody shows a polynomial before all have announced theirs: the last one could choose it to bend the key.
export function checkCommitments(commitments, polynomial, { size, index }) {
  const announced = list(commitments, size).every((one) => HASH.test(one)) && new Set(commitments).size === size;
  demand(announced && commitments[index - 1] === commitmentOf(polynomial), "commitment_wrong");
}
