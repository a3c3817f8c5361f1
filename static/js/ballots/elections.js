// What is voted, and who may: read from the very bytes that were announced, or refused.
import { list, loadsExact, record, string } from "./canonical.js";
import { demand } from "./faults.js";
import { base64Hash, decodeOwned, prepared } from "./group.js";

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;
const CREDENTIAL = /^[0-9a-f]{64}$/;
const KEYS = ["version", "description", "name", "group", "public_key", "questions", "uuid", "administrator?", "credential_authority?"];

function readQuestion(value) {
  const { answers, blank = false, min, max, question } = record(value, ["answers", "blank?", "min", "max", "question"]);
  list(answers).forEach(string);
  demand(typeof blank === "boolean", "shape_wrong");
  demand([min, max].every(Number.isSafeInteger), "shape_wrong");
  demand(min >= 0 && min <= max && max >= 1 && max <= answers.length, "bounds_wrong");
  return { question: string(question), answers, minimum: min, maximum: max, blank };
}

// `announced` is the fingerprint that the voter was told; null where it is only shown, to be compared by eye.
export function readElection(text, announced = null) {
  const fingerprint = base64Hash(text);
  demand(announced === null || fingerprint === announced, "wrong_election");
  const found = record(loadsExact(text), KEYS);
  const { administrator = "", credential_authority: authority = "" } = found;
  [found.description, found.name, administrator, authority].forEach(string);
  demand(found.version === 1, "version_wrong");
  demand(found.group === "Ed25519", "group_wrong");
  demand(UUID.test(string(found.uuid)), "uuid_wrong");
  const questions = list(found.questions).map(readQuestion);
  demand(questions.length > 0, "bounds_wrong");
  return {
    uuid: found.uuid,
    name: found.name,
    description: found.description,
    key: prepared(decodeOwned(found.public_key)),
    questions,
    text,
    fingerprint,
  };
}

// Credentials compare as strict text. Their points are for the auditor, who decodes each.
export function readRoll(text) {
  const roll = list(loadsExact(text));
  demand(roll.every((entry) => CREDENTIAL.test(string(entry))), "point_invalid");
  demand(new Set(roll).size === roll.length, "credential_twice");
  return roll;
}
