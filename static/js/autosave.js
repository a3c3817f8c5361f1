// Saves the draft by itself, after a pause in typing and when one leaves; one save at a time, never two drafts: the
// first answer gives the address and the version with which the next ones go. Hooks:
//   <form data-autosave>: "dirty" when the page already shows something that is not saved; data-say-offline
//   data-autosave-state (role=status): where the state is said, once a minute at most; data-tone colours it
// A conflict (another tab saved) is said and stops everything: nothing is overwritten.
const PAUSE = 2000;
const RETRY = 10000;
// A browser lets no more than 64 KB go out of a page that closes.
const LAST_WORDS = 60000;

export function start(form) {
  const state = document.querySelector("[data-autosave-state]");
  const version = form.querySelector("[name=version]");
  let timer = 0;
  let running = null;
  let changed = 0;
  let saved = 0;
  let stopped = false;
  let refused = false;
  // What the last save held, or the page as it came: a field left as it was is no change.
  let known = form.dataset.autosave === "dirty" ? "" : told();
  let knownAs = state.dataset.tone ?? "";

  function told() {
    const body = content();
    body.delete("version");
    return body.toString();
  }

  function say(text, tone) {
    if (text && state.textContent.trim() !== text) state.textContent = text;
    state.toggleAttribute("data-tone", Boolean(tone));
    if (tone) state.dataset.tone = tone;
  }

  function content() {
    const body = new FormData(form);
    body.set("do", "autosave");
    body.delete("pasted");
    return new URLSearchParams(body);
  }

  function settle(answer, rank) {
    version.value = answer.version;
    form.action = answer.address.split("?")[0];
    if (location.pathname + location.search !== answer.address) history.replaceState(history.state, "", answer.address);
    saved = rank;
    knownAs = answer.state;
    say(answer.sentence, saved === changed ? answer.state : "typing");
  }

  function sentence(response, answer) {
    if (answer) return answer.sentence;
    return response.redirected || response.status === 401 ? document.body.dataset.sayExpired : document.body.dataset.sayFailed;
  }

  async function send(leaving) {
    const rank = changed;
    const body = content();
    const words = told();
    const keepalive = leaving && body.toString().length < LAST_WORDS;
    try {
      const response = await fetch(form.action, { method: "POST", body, keepalive });
      const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
      refused = !response.ok || !answer;
      if (!refused) {
        known = words;
        return settle(answer, rank);
      }
      stopped = answer?.state === "stale";
      say(sentence(response, answer), "danger");
    } catch {
      say(form.dataset.sayOffline, "offline");
      timer = setTimeout(save, RETRY);
    }
  }

  function save(leaving = false) {
    clearTimeout(timer);
    if (stopped || saved === changed) return running;
    if (!running && !refused && told() === known) {
      saved = changed;
      say("", knownAs);
      return running;
    }
    running ??= send(leaving === true).finally(() => {
      running = null;
      if (saved !== changed && !refused && state.dataset.tone !== "offline") later();
    });
    return running;
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  function touched(event) {
    if (event.target.name === "pasted") return;
    changed += 1;
    if (stopped) return;
    if (!["offline", "danger"].includes(state.dataset.tone)) say("", "typing");
    later();
  }

  // A save under way ends first, so that the form leaves with the version that it made.
  async function submit(event) {
    clearTimeout(timer);
    if (!running) {
      saved = changed;
      return;
    }
    event.preventDefault();
    const button = event.submitter;
    await running;
    form.requestSubmit(button);
  }

  // The last words go by themselves; the browser asks only when they cannot.
  function leave(event) {
    if (saved === changed) return;
    if (stopped || refused || !navigator.onLine) event.preventDefault();
    else save(true);
  }

  form.addEventListener("input", touched);
  form.addEventListener("change", touched);
  form.addEventListener("submit", submit);
  window.addEventListener("beforeunload", leave);
  window.addEventListener("online", () => save());
  // Found again by « back », the page would go on with the version that it had when it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) save(true);
  });
  if (form.dataset.autosave === "dirty") {
    changed = 1;
    later();
  }
}
