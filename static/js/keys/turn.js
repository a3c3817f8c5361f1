// Whose turn it is, read in what the server holds: a step of the ceremony, once the others have done the one before;
// then a share of each box that is closed and added up.

// What each step is computed from.
const GIVEN = {
  certificate: ["context"],
  commitment: ["context", "certificates"],
  polynomial: ["context", "certificates", "commitments"],
  verification: ["context", "certificates", "commitments", "polynomials"],
  trial: ["uuid", "trustees", "privateKey", "numbers"],
  share: ["privateKey"],
};

export const boxToOpen = ({ boxes }) => boxes.find(({ given }) => !given);

export function stepOf(state) {
  const { step, waiting_for: awaited, boxes, over } = state;
  if (over) return "over";
  if (step) return awaited.length > 0 ? "wait" : step;
  if (boxes.length === 0) return "kept";
  return boxToOpen(state) ? "share" : "done";
}

// The first step makes the key; all the others ask for it back.
export const needsKey = (step) => step in GIVEN && step !== "certificate";

export const givenFor = (step, state) => Object.fromEntries(GIVEN[step].map((name) => [name, state[name]]));

// Steps that ask for no judgement: a key in hand goes through them by itself.
export const goesAlone = (step) => ["polynomial", "verification"].includes(step);

// What is tried is the key that was kept, not the one that the page still holds; a key that rests is not held.
export const forgetsKey = (step) => ["trial", "kept", "done", "over"].includes(step);

// Steps that end by what others do.
export const isFollowed = (step) => ["wait", "kept", "share", "done"].includes(step);
