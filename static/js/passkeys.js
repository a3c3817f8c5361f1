// Passkeys: a form marked data-passkey asks the browser for a credential, then sends it (WebAuthn, level 2).
const NUMBERS = /^(\d+\.){3}\d+$|^\[/;

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  if (!buffer) return null;
  const plain = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function readable(options) {
  const key = { ...options, challenge: bytes(options.challenge) };
  if (key.user) key.user = { ...key.user, id: bytes(key.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    if (key[list]) key[list] = key[list].map((one) => ({ ...one, id: bytes(one.id) }));
  }
  return key;
}

function sendable(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: text(answer.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (answer[part]) response[part] = text(answer[part]);
  }
  if (answer.getTransports) response.transports = answer.getTransports();
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function optionsOf(form) {
  const here = form.querySelector("#passkey-options");
  if (here) {
    const data = JSON.parse(here.textContent);
    return (data.creation_options ?? data.request_options).publicKey;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).request_options.publicKey;
}

function wantedOf(form, options) {
  const box = form.elements.namedItem("passwordless");
  if (!box) return options;
  const rule = box.checked
    ? { residentKey: "required", requireResidentKey: true, userVerification: "required" }
    : { residentKey: "discouraged", requireResidentKey: false };
  return { ...options, authenticatorSelection: { ...options.authenticatorSelection, ...rule } };
}

async function ask(form) {
  const publicKey = readable(wantedOf(form, await optionsOf(form)));
  const created = form.dataset.passkey === "create";
  return created ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey });
}

function reasonOf(error) {
  if (error.name === "NotAllowedError" || error.name === "AbortError") return "sayCancelled";
  if (error.name === "InvalidStateError") return "sayKnown";
  return error.name === "SecurityError" ? "sayAddress" : "sayFailed";
}

function say(box, reason) {
  const body = document.createElement("div");
  body.className = "message-body";
  body.textContent = box.dataset[reason];
  if (reason === "sayAddress" && location.hostname === "127.0.0.1") {
    const link = document.createElement("a");
    link.href = location.href.replace("127.0.0.1", "localhost");
    link.textContent = box.dataset.sayInstead;
    body.append(" ", link);
  }
  box.className = "message message-danger";
  box.replaceChildren(document.createElement("span"), body);
}

function start(form, box) {
  const impossible = NUMBERS.test(location.hostname) ? "sayAddress" : !window.PublicKeyCredential && "sayUnable";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (impossible) {
      say(box, impossible);
      return;
    }
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      form.elements.namedItem("credential").value = JSON.stringify(sendable(await ask(form)));
      form.submit();
    } catch (error) {
      say(box, reasonOf(error));
    } finally {
      button.disabled = false;
    }
  });
}

const box = document.querySelector("[data-passkey-says]");
for (const form of document.querySelectorAll("form[data-passkey]")) start(form, box);
