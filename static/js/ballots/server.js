// What a page of the vote asks of the server: files as they were announced, byte for byte, and what it takes in.
import { currentToken } from "../csrf.js";
import { textOf } from "./canonical.js";
import { demand, Fault } from "./faults.js";

async function answerOf(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Fault("unreachable");
  }
}

// Sent on to another page, the person is signed out.
function refuseStranger({ redirected, status }) {
  if (redirected || status === 401) throw new Fault("expired");
}

export async function bytesOf(address) {
  const answer = await answerOf(address, { cache: "no-cache" });
  refuseStranger(answer);
  if (!answer.ok) throw new Fault("unreachable");
  return new Uint8Array(await answer.arrayBuffer());
}

export const fileOf = async (address) => textOf(await bytesOf(address));

// What the server answers, or a fault with its own sentence. One that fell, or a proxy that waited for it in vain, says
// nothing of what became of what was sent.
export async function post(address, body) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": currentToken() ?? "" };
  const answer = await answerOf(address, { method: "POST", headers, body });
  refuseStranger(answer);
  demand(answer.status < 500, "unreachable");
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  throw Object.assign(new Fault(told.fault ?? "failed"), { sentence: told.message });
}

// {tracker, quarter} of a ballot that was taken in for a voice. Which voice goes in the body: addresses are kept by
// servers on the way.
export async function cast(address, voice, ballot) {
  const told = await post(address, JSON.stringify({ voice, ballot }));
  if (!told.tracker) throw new Fault("failed");
  return told;
}
