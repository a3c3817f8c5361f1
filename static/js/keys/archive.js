// The archive of a vote, `.bel` (protocol §10), read so strictly that one altered byte is found here.
import { loadsExact, record, textOf } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import { hexHash } from "../ballots/group.js";

const BLOCK = 512;
const NAME = /^([0-9a-f]{64})\.(data|event)\.json$/;
const OCTAL = /^[0-7]{11}$/;
const DECIMAL = /^(0|[1-9][0-9]*)$/;
// How many data an event of each type brings, and what may follow it.
const DATA = { Setup: 4, Ballot: 1, EndBallots: 0, EncryptedTally: 2, PartialDecryption: 2, Result: 1 };
const AFTER = {
  Setup: ["Ballot", "EndBallots"],
  Ballot: ["Ballot", "EndBallots"],
  EndBallots: ["EncryptedTally"],
  EncryptedTally: ["PartialDecryption"],
  PartialDecryption: ["PartialDecryption", "Result"],
  Result: [],
};

const encoder = new TextEncoder();

// --- container --------------------------------------------------------------------------------

const octal = (number, digits) => number.toString(8).padStart(digits, "0");

// The only header that the protocol allows for this name, this size and this time.
function header(name, size, time) {
  const bytes = new Uint8Array(BLOCK);
  const write = (place, text) => bytes.set(encoder.encode(text), place);
  write(0, name);
  for (const [place, text] of [[100, "0000644"], [108, "0000000"], [116, "0000000"]]) write(place, text);
  write(124, octal(size, 11));
  write(136, octal(time, 11));
  write(148, " ".repeat(8));
  write(156, "0");
  write(148, `${octal(bytes.reduce((sum, byte) => sum + byte, 0), 6)}\0 `);
  return bytes;
}

function number(block, place) {
  const digits = String.fromCharCode(...block.subarray(place, place + 11));
  demand(OCTAL.test(digits), "container_wrong");
  return parseInt(digits, 8);
}

// The header is written again from what it says, then compared byte for byte: nothing else can hide in it.
function entryAt(bytes, start, time) {
  const block = bytes.subarray(start, start + BLOCK);
  demand(block.length === BLOCK, "container_wrong");
  const size = number(block, 124);
  const name = String.fromCharCode(...block.subarray(0, 100)).replace(/\0+$/, "");
  const [end, next] = [start + BLOCK + size, start + BLOCK * (1 + Math.ceil(size / BLOCK))];
  const wanted = /^[\w.]+$/.test(name) ? header(name, size, time) : [];
  demand(next <= bytes.length && block.every((byte, place) => byte === wanted[place]), "container_wrong");
  demand(bytes.subarray(end, next).every((byte) => byte === 0), "container_wrong");
  return { name, text: textOf(bytes.subarray(start + BLOCK, end)), next };
}

function opening(bytes, time) {
  const { name, text, next } = entryAt(bytes, 0, time);
  demand(name === "BELENIOS", "container_wrong");
  const { version, timestamp } = record(loadsExact(text), ["version", "timestamp"]);
  demand(version === 1 && DECIMAL.test(timestamp) && timestamp === String(time), "container_wrong");
  return next;
}

function* entriesOf(bytes) {
  demand(bytes.length >= BLOCK, "container_wrong");
  const time = number(bytes, 136);
  for (let place = opening(bytes, time); place < bytes.length; ) {
    const { name, text, next } = entryAt(bytes, place, time);
    const [, hash, kind] = NAME.exec(name) ?? [];
    demand(hash === hexHash(text), "name_wrong");
    yield { hash, kind, text };
    place = next;
  }
}

// --- chain ------------------------------------------------------------------------------------

// The last of an event's data is its payload; where it brings others, the payload names them.
function named(type, data) {
  const [first, second, third, last] = data;
  if (type === "Setup") {
    const wanted = { election: first.hash, trustees: second.hash, credentials: third.hash };
    return last.text === JSON.stringify(wanted);
  }
  if (type === "EncryptedTally") return loadsExact(second.text)?.encrypted_tally === first.hash;
  if (type === "PartialDecryption") return loadsExact(second.text)?.payload === first.hash;
  return true;
}

function eventOf({ hash, text }, data, last) {
  const height = last ? last.height + 1 : 0;
  const event = loadsExact(text);
  const { type } = event ?? {};
  const follows = last ? AFTER[last.type] : ["Setup"];
  demand(follows.includes(type), "order_wrong", height);
  const keys = [...(last ? ["parent"] : []), "height", "type", ...(type === "EndBallots" ? [] : ["payload"])];
  record(event, keys);
  demand(event.height === height && event.parent === last?.hash, "chain_wrong", height);
  demand(data.length === DATA[type] && event.payload === data.at(-1)?.hash, "chain_wrong", height);
  demand(named(type, data), "chain_wrong", height);
  return { type, height, hash, data: data.map((one) => one.text) };
}

// The events in order, each with the texts that it brought: those so far, while the box is open.
export function readArchive(bytes) {
  const events = [];
  let data = [];
  for (const entry of entriesOf(bytes)) {
    if (entry.kind === "data") {
      data.push(entry);
      continue;
    }
    events.push(eventOf(entry, data, events.at(-1)));
    data = [];
  }
  demand(data.length === 0 && events.length > 0, "chain_wrong", events.length);
  return events;
}
