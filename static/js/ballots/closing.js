// The hour of the close, told before it comes. The machine of a voter is seldom on time: it counts by the server's.
const NEAR = 10;
const EVERY = 15_000;

export function watchClose(place) {
  if (!place) return;
  const { closesAt, now, wordNear, wordPast } = place.dataset;
  const late = Date.parse(now) - Date.now();

  function tell() {
    const left = Math.ceil((Date.parse(closesAt) - Date.now() - late) / 60_000);
    if (left > NEAR) return;
    const said = left > 0 ? wordNear.replace("{n}", left) : wordPast;
    if (place.textContent !== said) place.textContent = said;
    place.hidden = false;
  }

  tell();
  setInterval(tell, EVERY);
}
