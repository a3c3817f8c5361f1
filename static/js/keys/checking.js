// What a trustee verifies before answering (§11, steps 1 to 6): a server could otherwise have one ballot opened alone.
import { demand, Fault } from "../ballots/faults.js";
import { base64Hash, decodeOwned, prepared } from "../ballots/group.js";
import { readElection, readRoll } from "../ballots/elections.js";
import { verifyBallot } from "../ballots/verify.js";
import { readArchive } from "./archive.js";
import { addBallots, sizedObject } from "./tally.js";
import { readTrustees } from "./trustees.js";

// The largest ballot that the server accepts is smaller: a longer one would only be there to keep pages busy.
const LARGEST = 1_000_000;

function only(events, type, code) {
  const event = events.find((one) => one.type === type);
  demand(event, code);
  return event;
}

// Every ballot, also those that a later one replaces; a fault says the height of the event that brought it.
function* ballotsOf(events, election, roll) {
  const seen = new Set();
  for (const { height, data } of events) {
    const [text] = data;
    demand(text.length <= LARGEST, "too_big", height);
    try {
      const ballot = verifyBallot(text, election);
      demand(roll.has(ballot.credential), "credential_unknown");
      const pair = `${ballot.credential}|${ballot.hash}`;
      demand(!seen.has(pair), "seen_before");
      seen.add(pair);
      yield ballot;
    } catch (error) {
      throw error instanceof Fault ? new Fault(error.code, height) : error;
    }
  }
}

async function readSetup([electionText, trusteesText, rollText], announced, passed) {
  const found = readElection(electionText, announced.fingerprint ?? null);
  demand(announced.uuid === undefined || found.uuid === announced.uuid, "uuid_wrong");
  const roll = readRoll(rollText);
  roll.forEach(decodeOwned);
  const rollHash = base64Hash(rollText);
  demand((announced.roll ?? rollHash) === rollHash, "fingerprint_wrong");
  passed("announced");
  const trustees = await readTrustees(trusteesText);
  demand(trustees.key.equals(found.key), "election_key_wrong");
  passed("keys");
  return { election: { ...found, key: prepared(found.key) }, trustees, roll: new Set(roll), rollHash };
}

// `announced` is what the scrutineer was told before the opening: {uuid, fingerprint, roll}, each optional.
// Gives the tally that was recomputed, on which alone a share is made, and what is to be compared by eye. `passed` is
// told the name of each check as it is found right: chain, announced, keys, closed, ballots, sums.
export async function checkArchive(bytes, announced, { progress = () => {}, passed = () => {} } = {}) {
  const events = readArchive(bytes);
  passed("chain");
  const { election, trustees, roll, rollHash } = await readSetup(events[0].data, announced, passed);
  const closing = only(events, "EndBallots", "box_open");
  const [published, sized] = only(events, "EncryptedTally", "tally_missing").data;
  passed("closed");
  const cast = events.filter(({ type }) => type === "Ballot");
  const ballots = [];
  for (const ballot of ballotsOf(cast, election, roll)) {
    ballots.push(ballot);
    progress(ballots.length, cast.length);
  }
  passed("ballots");
  const tally = addBallots(election, ballots);
  demand(tally.text === published && sizedObject(tally) === sized, "tally_wrong");
  passed("sums");
  const figures = {
    name: election.name,
    fingerprint: election.fingerprint,
    roll: roll.size,
    rollHash,
    ballots: ballots.length,
    kept: tally.kept,
    closing: closing.hash,
    head: events.at(-1).hash,
  };
  return { election, trustees, tally, figures };
}

// While the box is open: the chain holds, and nothing that was there before has left or changed.
export function followArchive(bytes, earlier) {
  const events = readArchive(bytes);
  const kept = earlier === null || earlier.every((byte, place) => byte === bytes[place]);
  demand(kept, "earlier_differs");
  const { hash: head, height } = events.at(-1);
  return { head, height, ballots: events.filter(({ type }) => type === "Ballot").length };
}
