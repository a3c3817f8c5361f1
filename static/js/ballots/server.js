// What a voter's page asks of the server: files as they were announced, byte for byte, and a ballot taken in.
import { currentToken } from "../csrf.js";
import { textOf } from "./canonical.js";
import { Fault } from "./faults.js";

async function answerOf(address, options) {
  try {
    return await fetch(address, options);
  } catch {
    throw new Fault("unreachable");
  }
}

export async function fileOf(address) {
  const answer = await answerOf(address, { cache: "no-cache" });
  if (!answer.ok) throw new Fault("unreachable");
  return textOf(await answer.arrayBuffer());
}

// {tracker, quarter}, or a fault with the server's own sentence. Sent on to another page, the person is signed out.
export async function cast(address, ballot) {
  const headers = { Accept: "application/json", "Content-Type": "application/json", "X-CSRFToken": currentToken() ?? "" };
  const answer = await answerOf(address, { method: "POST", headers, body: ballot });
  if (answer.redirected || answer.status === 401) throw new Fault("expired");
  const told = await answer.json().catch(() => ({}));
  if (answer.ok && told.tracker) return told;
  throw Object.assign(new Fault(told.fault ?? "failed"), { sentence: told.message });
}
