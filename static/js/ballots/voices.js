// The voices that one casts: one alone is hidden in the page, several are chosen from.
export const voicesOf = (form) => form.querySelector("[data-voices]");

export const voiceOf = (form) => form.querySelector("input[name=voice]:is(:checked, [type=hidden])");

// The page was drawn before this voice voted; where the first ballot is final, it votes no more.
export function markVoted(form, voice) {
  const told = voice.closest("[data-voice]")?.querySelector("[data-voted]");
  if (told) told.hidden = false;
  voice.disabled = "final" in form.dataset;
}

// A card read by a telephone brings its code in the fragment, which no server sees; it leaves the address at once.
export function takeCode(field) {
  const code = location.hash.slice(1);
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code;
}
