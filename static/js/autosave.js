// Saves the draft by itself, after a pause in typing and when one leaves; one save at a time, never two drafts: the
// first answer gives the address and the version with which the next ones go. Hooks:
//   <form data-autosave>: "dirty" when the page already shows something that is not saved; data-say-offline
//   data-autosave-state (role=status): where the state is said, once a minute at most; data-tone colours it
// A conflict (another tab saved) is said and stops everything: nothing is overwritten. A button that leaves the page
// saves first: without network or session the page stays, with all that was typed.
import { currentToken } from "./csrf.js";
import { start as faults } from "./faults.js";

const PAUSE = 2000;
const RETRY = 10000;
// In a train a request may hang: it is then sent again.
const PATIENCE = 20000;
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
  // "offline" or "expired": no save can go now.
  let away = "";
  let leaving = false;
  const tell = faults(form);
  // What the last save held, or the page as it came: a field left as it was is no change.
  let known = form.dataset.autosave === "dirty" ? "" : told();
  let settled = { sentence: state.textContent.trim(), state: state.dataset.tone ?? "" };

  function told() {
    const body = content();
    body.delete("version");
    body.delete("csrfmiddlewaretoken");
    return body.toString();
  }

  function say(text, tone) {
    if (text && state.textContent.trim() !== text) state.textContent = text;
    state.toggleAttribute("data-tone", Boolean(tone));
    if (tone) state.dataset.tone = tone;
  }

  function content() {
    const token = currentToken();
    if (token) form.querySelector("[name=csrfmiddlewaretoken]").value = token;
    const body = new FormData(form);
    body.set("do", "autosave");
    for (const name of ["pasted", "paste_at", "removed"]) body.delete(name);
    return new URLSearchParams(body);
  }

  function settle(answer, rank) {
    version.value = answer.version;
    form.action = answer.address.split("?")[0];
    if (location.pathname + location.search !== answer.address) history.replaceState(history.state, "", answer.address);
    saved = rank;
    if (saved === changed) tell(answer.faults);
    settled = answer;
    say(answer.sentence, saved === changed ? answer.state : "typing");
  }

  function refuse(response, answer) {
    away = !answer && (response.redirected || response.status === 401) ? "expired" : "";
    stopped = answer?.state === "stale";
    say(answer?.sentence ?? (away ? form.dataset.sayExpired : document.body.dataset.sayFailed), "danger");
  }

  async function send(closing) {
    const rank = changed;
    const body = content();
    const words = told();
    const keepalive = closing && body.toString().length < LAST_WORDS;
    away = "";
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(form.action, { method: "POST", body, keepalive, signal });
      const answer = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
      refused = !response.ok || !answer;
      if (refused) return refuse(response, answer);
      known = words;
      settle(answer, rank);
    } catch {
      away = "offline";
      say(form.dataset.sayOffline, "offline");
      timer = setTimeout(save, RETRY);
    }
  }

  function save(closing = false) {
    clearTimeout(timer);
    if (stopped || saved === changed) return running;
    if (!running && !refused && told() === known) {
      saved = changed;
      say(settled.sentence, settled.state);
      return running;
    }
    running ??= send(closing === true).finally(() => {
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

  // What is typed is saved first, so that the form leaves with the version that it made; else it stays.
  async function submit(event) {
    if (leaving) return;
    clearTimeout(timer);
    event.preventDefault();
    const button = event.submitter;
    await running;
    await save();
    if (leaving) return;
    if (away === "expired") return;
    if (away || !navigator.onLine) return say(form.dataset.sayStay, "offline");
    leaving = true;
    saved = changed;
    // Once this event is over: a form that is being sent cannot be sent.
    setTimeout(() => form.requestSubmit(button));
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
  window.addEventListener("online", () => {
    away = "";
    if (saved === changed) say(settled.sentence, settled.state);
    else save();
  });
  // Found again by « back », the page would go on with the version that it had when it was left.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  // Who comes back may have signed in again meanwhile: an answer asked before that says nothing of now.
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return save(true);
    await running;
    save();
  });
  if (form.dataset.autosave === "dirty") {
    changed = 1;
    later();
  }
}
