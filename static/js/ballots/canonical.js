// The one way to write an object that is hashed, and the strict way to read one: same bytes or refused.
import { demand, Fault } from "./faults.js";

// In Unicode mode a surrogate matches only when it stands alone.
const LONE = /\p{Surrogate}/u;

function wellFormed(key, value) {
  demand(!LONE.test(key) && !(typeof value === "string" && LONE.test(value)), "not_canonical");
  return value;
}

export function dumps(value) {
  return JSON.stringify(value, wellFormed).replaceAll("\u007f", "\\u007f");
}

export function loadsExact(text) {
  let value;
  try {
    value = JSON.parse(text, wellFormed);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault("not_canonical");
  }
  demand(dumps(value) === text, "not_canonical");
  return value;
}

// Bytes of a file as text: nothing is mended on the way, not even a byte order mark.
export function textOf(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Fault("not_canonical");
  }
}

// An object of exactly these keys in this order; those that end in « ? » may be absent.
export function record(value, keys) {
  demand(value !== null && typeof value === "object" && !Array.isArray(value), "shape_wrong");
  const found = Object.keys(value);
  const wanted = keys.map((key) => key.replace("?", "")).filter((key, place) => found.includes(key) || !keys[place].endsWith("?"));
  demand(found.length === wanted.length && found.every((key, place) => key === wanted[place]), "shape_wrong");
  return value;
}

export function list(value, length = null) {
  demand(Array.isArray(value) && (length === null || value.length === length), "shape_wrong");
  return value;
}

export function string(value) {
  demand(typeof value === "string", "shape_wrong");
  return value;
}
