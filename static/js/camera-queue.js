// Photos of receipts: each is kept in the phone first (IndexedDB), then sent with its key, so that none is lost
// without network and none doubles. What is kept names its owner: another account on this phone sends none of it.
import { forget, keep, kept } from "./photo-store.js";

const OWNER = "alveole-photos-owner";
const form = document.querySelector("[data-capture]");
const list = form.querySelector("[data-capture-list]");
const status = form.querySelector("[data-capture-status]");
const say = form.dataset;
const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
const owner = say.owner || localStorage.getItem(OWNER) || "";
const shown = new Map();
let busy = false;

if (say.owner) localStorage.setItem(OWNER, say.owner);

const isMine = (photo) => photo.owner === owner || photo.owner === "";

function lineOf(photo) {
  let line = shown.get(photo.key);
  if (!line) {
    line = document.createElement("li");
    const words = document.createElement("span");
    const bar = document.createElement("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", photo.name);
    line.append(words, bar);
    list.prepend(line);
    shown.set(photo.key, line);
  }
  return line;
}

function tell(photo, words, { url = "", wrong = false, over = true } = {}) {
  const line = lineOf(photo);
  const place = line.firstElementChild;
  const name = document.createElement(url ? "a" : "span");
  name.textContent = photo.name;
  if (url) name.href = url;
  place.replaceChildren(name, ` · ${words}`);
  line.classList.toggle("capture-wrong", wrong);
  line.querySelector("progress").hidden = over;
}

async function count() {
  const all = await kept();
  const mine = all.filter(isMine).length;
  const words = mine > 1 ? say.sayMany.replace("COUNT", mine) : mine ? say.sayOne : "";
  status.textContent = words || (all.length ? say.sayOthers : "");
}

// Gives what the server answered, or null when nothing answers.
function post(photo) {
  const body = new FormData();
  body.append("photos", photo.blob, photo.name);
  body.append("form_key", photo.key);
  body.append("taken_at", photo.taken);
  body.append("person", photo.person);
  body.append("csrfmiddlewaretoken", token);
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.upload.onprogress = (event) => {
    lineOf(photo).querySelector("progress").value = event.lengthComputable ? event.loaded / event.total : 0;
  };
  return new Promise((resolve) => {
    request.onload = () => resolve(request);
    request.onerror = () => resolve(null);
    request.send(body);
  });
}

// Tells whether the next one may be tried: not without network, nor without session.
async function send(photo) {
  tell(photo, say.saySending, { over: false });
  const answer = await post(photo);
  const isJson = answer?.getResponseHeader("Content-Type")?.startsWith("application/json");
  if (!answer || answer.status >= 500) {
    tell(photo, say.sayWaits);
    return false;
  }
  if (!isJson) {
    tell(photo, say.sayWaits);
    status.textContent = answer.status === 413 ? say.sayFull : say.saySession;
    return false;
  }
  const said = JSON.parse(answer.responseText);
  await forget(photo.key);
  if (answer.status === 422) tell(photo, said.refused, { wrong: true });
  else tell(photo, said.known ? say.sayKnown : say.sayKept, { url: said.url });
  return true;
}

async function flush() {
  const waiting = (await kept()).filter(isMine);
  for (const photo of waiting) if (!shown.has(photo.key)) tell(photo, say.sayWaits);
  if (!token || busy) return count();
  busy = true;
  let goesOn = true;
  for (const photo of waiting) goesOn = goesOn && (await send(photo));
  busy = false;
  if (!goesOn) return status.textContent || count();
  return (await kept()).some(isMine) ? flush() : count();
}

async function take(files) {
  const person = form.querySelector("[name=person]")?.value ?? "";
  try {
    for (const file of files) {
      const photo = { key: crypto.randomUUID(), owner, person, name: file.name, taken: new Date().toISOString() };
      await keep({ ...photo, blob: new Blob([await file.arrayBuffer()], { type: file.type }) });
    }
  } catch {
    status.textContent = say.sayFull;
    return;
  }
  await flush();
}

for (const input of form.querySelectorAll("input[type=file]")) {
  input.addEventListener("change", () => {
    const files = [...input.files];
    input.value = "";
    take(files);
  });
}
form.addEventListener("dragover", (event) => event.preventDefault());
form.addEventListener("drop", (event) => {
  event.preventDefault();
  take([...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => event.clipboardData.files.length && take([...event.clipboardData.files]));
window.addEventListener("online", flush);
form.classList.add("capture-live");
flush();
