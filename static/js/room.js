// Live pages of an assembly: clocks that count by the server's hour, parts drawn again only when they changed.
const drawn = new Map();

function two(number) {
  return String(number).padStart(2, "0");
}

function length(seconds) {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

// The machine of a meeting room is seldom on time.
const told = document.querySelector("[data-now]")?.dataset.now;
const late = told ? Date.parse(told) - Date.now() : 0;

function tick() {
  for (const clock of document.querySelectorAll("[data-clock]")) {
    const seconds = Math.max(0, Math.floor((Date.now() + late - Date.parse(clock.dateTime)) / 1000));
    const planned = Number(clock.dataset.planned ?? 0);
    clock.textContent = planned ? `${length(seconds)} / ${planned} min` : length(seconds);
    clock.classList.toggle("is-over", planned > 0 && seconds > planned * 60);
  }
}

// The browser keeps the last answer: 304 from the server comes here as the same words once more.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (!target.hasAttribute("data-live") || xhr.status >= 400) return;
  // A button drawn again under a finger would not hear it lifted: the next answer comes soon enough.
  const pressed = target.querySelector(":active") !== null;
  if (pressed || drawn.get(target.id) === xhr.responseText) event.detail.shouldSwap = false;
  if (!pressed) drawn.set(target.id, xhr.responseText);
});
document.addEventListener("htmx:afterSwap", tick);
tick();
setInterval(tick, 1000);
