// What a trustee published of its polynomial, and the point where its value at x must lie (§4.4 and §4.6).
import { dumps, list, loadsExact, record } from "../ballots/canonical.js";
import { decodePoint, NEUTRAL, sum, timesPublic } from "../ballots/group.js";
import { checkSignature, heard } from "./channel.js";

// What binds a trustee to the whole list of certificates.
export function bond(certificates, exponents) {
  return `certs_sig|{"certs":[${certificates.join()}],"coefexps":${dumps(exponents)}}`;
}

// The points of a published polynomial, once both of its signatures hold.
export function readCoefficients(vk, { coefexps, signature }, { certificates, threshold }) {
  const { coefexps: written } = record(loadsExact(heard(vk, coefexps)), ["coefexps"]);
  const points = list(written, threshold).map(decodePoint);
  checkSignature(vk, bond(certificates, written), signature);
  return points;
}

export function imageAt(points, x) {
  const at = BigInt(x);
  return points.reduceRight((value, point) => timesPublic(at, value).add(point), NEUTRAL);
}

// Where the whole group's secret share of trustee x must lie.
export const keyAt = (polynomials, x) => sum(polynomials.map((points) => imageAt(points, x)));
