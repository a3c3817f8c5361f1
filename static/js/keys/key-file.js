// The file that keeps a trustee's seed, and the ways in which the seed comes back: this file, or typed from the sheet.
import { textOf } from "../ballots/canonical.js";
import { tidyCode } from "../ballots/credentials.js";
import { demand, Fault } from "../ballots/faults.js";

export const writeKeyFile = ({ uuid, index }, seed) => JSON.stringify({ version: 1, uuid, index, seed });

export const grouped = (seed) => tidyCode(seed);

// Spaces and hyphens of the printed sheet are no part of a seed.
export function readTyped(typed) {
  try {
    return tidyCode(typed).replaceAll("-", "");
  } catch {
    throw new Fault("seed_malformed");
  }
}

// Refuses what is no key file, and the file of another ceremony or of another scrutineer.
export function readKeyFile(bytes, { uuid, index }) {
  let found;
  try {
    found = JSON.parse(textOf(bytes));
  } catch {
    throw new Fault("file_malformed");
  }
  demand(found?.version === 1 && typeof found.seed === "string", "file_malformed");
  demand(found.uuid === uuid && found.index === index, "key_other");
  return readTyped(found.seed);
}
