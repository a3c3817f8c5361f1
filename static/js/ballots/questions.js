// What both the maker and the checker of a ballot hash for one question: ciphertexts, their sum, the claims of proofs.
import { encodePoints, sum } from "./group.js";

// Ciphertexts {alpha, beta} with their text « α,β ».
export function withTexts(ciphertexts) {
  const texts = encodePoints(ciphertexts.flatMap(({ alpha, beta }) => [alpha, beta]));
  return ciphertexts.map((one, place) => ({ ...one, text: texts.slice(2 * place, 2 * place + 2).join(",") }));
}

// The answers of a question among its places: a leading blank is no answer.
export const answersOf = ({ blank }, places) => places.slice(Number(blank));

export const total = (choices) => ({
  alpha: sum(choices.map(({ alpha }) => alpha)),
  beta: sum(choices.map(({ beta }) => beta)),
});

// Every claim of a question, in the order in which proofs are drawn: its text before the commitments, and its branches,
// each a place among `boxes` (the choices, then their sum) and the value that it is claimed to hold.
export function claims(question, boxes, about) {
  const last = boxes.length - 1;
  const choices = boxes.slice(0, last);
  const all = `${about}|${choices.map(({ text }) => text).join(",")}|`;
  const bounds = Array.from({ length: question.maximum - question.minimum + 1 }, (_, step) => [last, question.minimum + step]);
  const each = choices.map(({ text }, place) => ({ prefix: `prove|${about}|${text}|`, branches: [[place, 0], [place, 1]] }));
  const rest = question.blank
    ? [
        { prefix: `bproof0|${all}`, branches: [[0, 0], [last, 0]] },
        { prefix: `bproof1|${all}`, branches: [[0, 1], ...bounds] },
      ]
    : [{ prefix: `prove|${all}${boxes[last].text}|`, branches: bounds }];
  return [...each, ...rest].map(({ prefix, branches }) => ({
    prefix,
    branches: branches.map(([place, value]) => ({ ...boxes[place], value })),
  }));
}

// How a ballot writes the proofs of these claims, which are in their order.
export function written({ blank }, proofs) {
  const overall = proofs.at(-1);
  if (!blank) return { individual_proofs: proofs.slice(0, -1), overall_proof: overall };
  return { individual_proofs: proofs.slice(0, -2), overall_proof: overall, blank_proof: proofs.at(-2) };
}
