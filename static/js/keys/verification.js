// What a trustee received from the others, checked piece by piece, and the share of the key that it makes (§4.6).
import { dumps, list, loadsExact, record } from "../ballots/canonical.js";
import { demand } from "../ballots/faults.js";
import { BASE, decodeScalar, encodePoint, encodeScalar, mod, randomScalar, times } from "../ballots/group.js";
import { proveKey } from "../ballots/proofs.js";
import { blaming } from "./blame.js";
import { membersFor } from "./certificate.js";
import { keysOf, receive, send, sign } from "./channel.js";
import { imageAt, readCoefficients } from "./coefficients.js";
import { commitmentOf } from "./polynomial.js";
import { aboutKey } from "./trustees.js";

const MESSAGE = ["polynomial", "secrets", "coefexps", "signature"];

// One trustee's message: the very one that was announced, both of its signatures good.
function readMessage(text, vk, { commitment, certificates, context }) {
  demand(commitmentOf(text) === commitment, "commitment_wrong");
  const found = record(loadsExact(text), MESSAGE);
  list(found.secrets, context.size);
  const points = readCoefficients(vk, found, { certificates, threshold: context.threshold });
  return { ...found, points };
}

async function checkOwn(keys, { polynomial, points }) {
  const { polynomial: written } = record(loadsExact(await receive(keys, keys.vk, polynomial)), ["polynomial"]);
  const coefficients = list(written, points.length).map(decodeScalar);
  coefficients.forEach((coefficient, place) => {
    demand(times(coefficient, BASE).equals(points[place]), "polynomial_wrong");
  });
}

async function secretOf(keys, vk, { secrets, points }, index) {
  const letter = await receive(keys, vk, secrets[index - 1]);
  const secret = decodeScalar(record(loadsExact(letter), ["secret"]).secret);
  demand(times(secret, BASE).equals(imageAt(points, index)), "secret_wrong");
  return secret;
}

async function shareOf(keys, secret) {
  const point = encodePoint(times(secret, BASE));
  const key = await send(keys, keys.ek, dumps({ decryption_key: encodeScalar(secret) }));
  const pok = proveKey(secret, aboutKey(point), randomScalar);
  return dumps({ private_key: key, public_key: { pok, public_key: point, signature: sign(keys, point) } });
}

// Refuses at the first thing that does not hold, and names the trustee that wrote it.
export async function makeShare(seed, { context, certificates, commitments, polynomials }, progress = () => {}) {
  const keys = keysOf(seed);
  const members = await membersFor(keys, certificates, context);
  list(commitments, context.size);
  list(polynomials, context.size);
  let total = 0n;
  for (const [place, { vk }] of members.entries()) {
    progress(place, context.size);
    const about = { commitment: commitments[place], certificates, context };
    total += await blaming(place + 1, async () => {
      const message = readMessage(polynomials[place], vk, about);
      if (place + 1 === context.index) await checkOwn(keys, message);
      return secretOf(keys, vk, message, context.index);
    });
  }
  demand(mod(total) !== 0n, "neutral_point");
  return shareOf(keys, mod(total));
}
