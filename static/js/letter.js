// The preview of a mail follows what is typed, in its frame: <form data-letter> with a button [data-letter-preview];
// and an address is copied by <button data-copy-from="id" data-copied="words">, shown only where that works.
const PAUSE = 700;

function follow(form) {
  const button = form.querySelector("[data-letter-preview]");
  let wait;
  form.addEventListener("input", () => {
    clearTimeout(wait);
    wait = setTimeout(() => form.requestSubmit(button), PAUSE);
  });
}

function copier(button) {
  if (!navigator.clipboard) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copyFrom).value);
    button.querySelector("span").textContent = button.dataset.copied;
  });
}

for (const form of document.querySelectorAll("form[data-letter]")) follow(form);
for (const button of document.querySelectorAll("[data-copy-from]")) copier(button);
