// The encrypted sums of a box: the last ballot of each credential, place by place (§8.2 and §9).
import { dumps } from "../ballots/canonical.js";
import { encodePoint, hexHash } from "../ballots/group.js";
import { total } from "../ballots/questions.js";

const written = ({ alpha, beta }) => ({ alpha: encodePoint(alpha), beta: encodePoint(beta) });

// Sums as they are published: a list of ciphertexts for each question.
export const writeSums = (sums) => dumps(sums.map((places) => places.map(written)));

// Ballots as `verifyBallot` gives them, in the order of the archive.
export function addBallots(election, ballots) {
  const kept = [...new Map(ballots.map(({ credential, answers }) => [credential, answers])).values()];
  const sums = election.questions.map(({ answers, blank }, question) =>
    Array.from({ length: answers.length + Number(blank) }, (_, place) =>
      total(kept.map((answered) => answered[question][place])),
    ),
  );
  return { sums, text: writeSums(sums), kept: kept.length };
}

export const sizedObject = ({ text, kept }) =>
  dumps({ num_tallied: kept, total_weight: kept, encrypted_tally: hexHash(text) });
