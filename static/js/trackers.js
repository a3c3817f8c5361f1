// The board of a box: one's own tracker is looked for here, in the page; no server learns which. A receipt brings it in
// the fragment of its address.
const form = document.querySelector("form[data-trackers]");
const field = form.querySelector("input");
const told = form.querySelector("[data-told]");

const trackerOf = (item) => item.querySelector("code").textContent.trim();

// Who voted with a stolen code left the ballot of its voter in the box, where it does not count any more.
function sentence(asked, found) {
  if (!asked) return "";
  if (found.length === 0) return told.dataset.wordNone;
  const own = found.find((item) => trackerOf(item) === asked);
  if (!own) return told.dataset.wordSome.replace("{n}", found.length);
  return "replaced" in own.dataset ? told.dataset.wordReplaced : told.dataset.wordFound;
}

// The signs of a tracker are told apart by their case; spaces come with what is pasted.
function look() {
  const asked = field.value.replace(/\s/g, "");
  const found = [];
  for (const item of document.querySelectorAll("[data-tracker-list] > li")) {
    const tracker = trackerOf(item);
    item.hidden = asked !== "" && !tracker.startsWith(asked);
    item.classList.toggle("is-found", asked === tracker);
    if (!item.hidden) found.push(item);
  }
  const said = sentence(asked, found);
  if (told.textContent !== said) told.textContent = said;
}

// Once a whole list is drawn again, it shows what was looked for.
function take() {
  const brought = location.hash.slice(1);
  if (!brought) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = brought;
  look();
}

form.hidden = false;
field.addEventListener("input", look);
document.addEventListener("htmx:afterSwap", look);
window.addEventListener("hashchange", take);
take();
