// The sheet beside the form: asked from the server after a pause. On a phone it takes the place of the form (button
// « Aperçu »). Hooks: data-preview (data-address), data-preview-toggle, data-desk.
const PAUSE = 600;

export function start(editor) {
  const place = document.querySelector("[data-preview]");
  const toggle = document.querySelector("[data-preview-toggle]");
  const desk = document.querySelector("[data-desk]");
  if (!place || !toggle) return;
  const wide = window.matchMedia("(min-width: 80rem)");
  let timer = 0;
  let asked = 0;
  let stale = true;

  async function draw() {
    const mine = ++asked;
    const body = new FormData(editor);
    try {
      const answer = await fetch(place.dataset.address, { method: "POST", body, headers: { "X-Fragment": "1" } });
      // Sent elsewhere: to the page of those who are signed out.
      if (!answer.ok || answer.redirected || mine !== asked) return;
      place.innerHTML = await answer.text();
      stale = false;
    } catch {
      // Without network the last sheet stays; autosave says that we are offline.
    }
  }

  function later() {
    clearTimeout(timer);
    stale = true;
    if (!place.hidden) timer = setTimeout(draw, PAUSE);
  }

  function show(shown) {
    place.hidden = !shown;
    desk.toggleAttribute("data-previewed", shown);
    toggle.setAttribute("aria-pressed", String(shown));
    if (shown && stale) draw();
  }

  toggle.addEventListener("click", (event) => {
    event.preventDefault();
    show(place.hidden);
    if (!place.hidden && !wide.matches) place.scrollIntoView({ block: "start" });
  });
  editor.addEventListener("input", later);
  editor.addEventListener("change", later);
  // A tablet that is turned shows the form again, not the sheet in its place.
  wide.addEventListener("change", () => show(wide.matches));
  show(wide.matches);
}
