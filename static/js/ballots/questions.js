// What both the maker and the checker of a ballot hash for one question: texts, sums, and the claims of its proofs.
import { encodePoint, sum } from "./group.js";

const written = ({ alpha, beta }) => `${encodePoint(alpha)},${encodePoint(beta)}`;

// The answers alone: a leading blank is no answer.
export const withoutBlank = (question, choices) => (question.blank ? choices.slice(1) : choices);

export const total = (choices) => ({
  alpha: sum(choices.map(({ alpha }) => alpha)),
  beta: sum(choices.map(({ beta }) => beta)),
});

// Every proof of a question, in the order in which they are drawn: its text before the commitments, and which
// ciphertext (a place, or « sum ») is claimed to hold which value.
export function claims(question, choices, about) {
  const one = choices.map((choice, place) => ({
    prefix: `prove|${about}|${written(choice)}|`,
    branches: [0, 1].map((value) => ({ of: place, value })),
  }));
  const all = `${about}|${choices.map(written).join(",")}|`;
  const bounds = Array.from({ length: question.maximum - question.minimum + 1 }, (_, step) => ({
    of: "sum",
    value: question.minimum + step,
  }));
  if (!question.blank) {
    const both = written(total(choices));
    return { individual: one, overall: { prefix: `prove|${all}${both}|`, branches: bounds } };
  }
  return {
    individual: one,
    blank: { prefix: `bproof0|${all}`, branches: [{ of: 0, value: 0 }, { of: "sum", value: 0 }] },
    overall: { prefix: `bproof1|${all}`, branches: [{ of: 0, value: 1 }, ...bounds] },
  };
}
