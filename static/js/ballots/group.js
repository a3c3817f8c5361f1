// The group of the secret vote: Ed25519 written as the protocol writes it, decoded without indulgence.
import { Point, sha256 } from "../../vendor/noble/noble.js";
import { demand, Fault } from "./faults.js";

export const Q = Point.Fn.ORDER;
export const BASE = Point.BASE;
export const NEUTRAL = Point.ZERO;

const POINT = /^[0-9a-f]{64}$/;
const SCALAR = /^(0|[1-9][0-9]{0,75})$/;

export const mod = (number) => ((number % Q) + Q) % Q;

// --- points -----------------------------------------------------------------------------------

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

// The protocol writes the bytes of RFC 8032 from the last to the first.
export const encodePoint = (point) => hexOf(point.toBytes().reverse());

// Many at once: their one costly part, a division each, is done once for all.
export function encodePoints(points) {
  const inverses = Point.Fp.invertBatch(points.map(({ Z }) => Z));
  return points.map((point, place) => encodePoint(Point.fromAffine(point.toAffine(inverses[place]))));
}

function onCurve(text) {
  try {
    return Point.fromBytes(Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16)).reverse());
  } catch {
    throw new Fault("point_invalid");
  }
}

// The neutral point is legal here: who reads a key, a credential or an α refuses it with `decodeOwned`.
export function decodePoint(text) {
  demand(typeof text === "string" && POINT.test(text), "point_invalid");
  const point = onCurve(text);
  demand(point.isTorsionFree(), "point_invalid");
  return point;
}

export function decodeOwned(text) {
  const point = decodePoint(text);
  demand(!point.is0(), "neutral_point");
  return point;
}

// For a secret scalar: one multiplication whatever it is, also for 0, which the library refuses.
export function times(scalar, point) {
  const none = scalar === 0n;
  const product = point.multiply(none ? 1n : scalar);
  return none ? NEUTRAL : product;
}

// For scalars that everybody may know.
export const timesPublic = (scalar, point) => point.multiplyUnsafe(scalar);

export const sum = (points) => points.reduce((total, point) => total.add(point), NEUTRAL);

// A point that will be multiplied hundreds of times: a table, made at the first of them, pays for itself.
export const prepared = (point) => point.precompute(8);

// --- scalars ----------------------------------------------------------------------------------

export const encodeScalar = (scalar) => scalar.toString();

export function decodeScalar(text) {
  demand(typeof text === "string" && SCALAR.test(text) && BigInt(text) < Q, "scalar_invalid");
  return BigInt(text);
}

const bigEndian = (bytes) => BigInt(`0x${hexOf(bytes)}`);

// Uniform in 1 … q − 1: 512 bits reduced are off by less than 2⁻²⁵⁹.
export function randomScalar() {
  const bytes = crypto.getRandomValues(new Uint8Array(64));
  const scalar = bigEndian(bytes) % Q;
  bytes.fill(0);
  return scalar === 0n ? randomScalar() : scalar;
}

// --- hashes -----------------------------------------------------------------------------------

export const hashOf = (text) => sha256(new TextEncoder().encode(text));
export const hexHash = (text) => hexOf(hashOf(text));
export const hashToScalar = (text) => bigEndian(hashOf(text)) % Q;

// B64 of the protocol: 43 characters, the final « = » removed.
export const base64Hash = (text) => btoa(String.fromCharCode(...hashOf(text))).slice(0, 43);
