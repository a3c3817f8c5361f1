// What a fault says to a scrutineer: one of a trustee names them, one of the archive says where it lies, the others have a
// sentence of their own.
import { word } from "../ballots/words.js";
import { nameOf } from "./keepers.js";

export function sentenceOf(page, step, { code, place, trustee, sentence }) {
  if (sentence) return sentence;
  if (trustee) return word(page, "trustee_wrong", { values: { n: trustee, who: nameOf(page, trustee), code } });
  const own = word(page, code);
  const unsaid = own === page.dataset.wordFailed && step === "share";
  return unsaid ? word(page, "archive_wrong", { values: { place: place ?? 0, code } }) : own;
}
