// Codes of voters, made in a scrutineer's page (mode A): the server receives the public parts, in an order that says
// nothing of the cards.
import { dumps } from "../ballots/canonical.js";
import { newCode, privateKey, publicCredential } from "../ballots/credentials.js";

// The order of the roll: by the bytes of RFC 8032, of which the text is the reverse.
const forward = (text) => text.match(/../g).reverse().join("");

export function writeRoll(credentials) {
  const keyed = credentials.map((text) => [forward(text), text]);
  keyed.sort(([one], [other]) => (one < other ? -1 : 1));
  return dumps(keyed.map(([, text]) => text));
}

// One card per label, each {label, code}, and the roll that they make together.
export function makeCards({ uuid, labels }, progress = () => {}) {
  const credentials = [];
  const cards = labels.map((label, place) => {
    const code = newCode();
    credentials.push(publicCredential(privateKey(uuid, code)));
    progress(place + 1, labels.length);
    return { label, code };
  });
  return { cards, roll: writeRoll(credentials) };
}
