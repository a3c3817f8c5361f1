// What htmx cannot say by itself: a refusal, a dead network, a page asked again while nobody looks.
function say(text) {
  const place = document.getElementById("flash");
  if (!place) return;
  const box = document.createElement("div");
  box.className = "message message-danger";
  box.setAttribute("role", "alert");
  const body = document.createElement("div");
  body.className = "message-body";
  body.textContent = text;
  box.append(document.createElement("span"), body);
  place.replaceChildren(box);
  place.scrollIntoView({ block: "nearest" });
}

function sentence(status) {
  const text = document.body.dataset;
  if (status === 401) return text.sayExpired;
  if (status === 403) return text.sayForbidden;
  if (status === 404) return text.sayMissing;
  return text.sayFailed;
}

// An address that can be kept and shared says only the filters in force.
function forgetEmpty(event) {
  const { verb, parameters } = event.detail;
  if (verb !== "get") return;
  for (const [name, value] of [...parameters.entries()]) {
    if (value === "") parameters.delete(name);
  }
}

export function watch() {
  document.addEventListener("htmx:configRequest", forgetEmpty);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const useless = document.hidden || "signedOut" in document.body.dataset;
    if (useless && event.detail.elt.hasAttribute("data-poll")) event.preventDefault();
  });
  // What says by itself that it cannot reach the server (the editor) is not said twice, nor moves the page.
  const quiet = (event) => event.detail.elt.hasAttribute("data-quiet");
  document.addEventListener("htmx:responseError", (event) => {
    const { status } = event.detail.xhr;
    if (status === 401) document.body.dataset.signedOut = "";
    if (!quiet(event)) say(sentence(status));
  });
  document.addEventListener("htmx:sendError", (event) => {
    if (!quiet(event)) say(document.body.dataset.sayOffline);
  });
}
