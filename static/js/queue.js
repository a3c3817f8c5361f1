// The queue of those who check: a ready phrase goes into the text at the click (without script the server inserts
// it), and the text is under the hand as soon as the correction opens.
function insert(event) {
  const button = event.target.closest("button[data-phrase]");
  if (!button) return;
  const text = button.form.querySelector("textarea");
  if (!text) return;
  event.preventDefault();
  text.value = [text.value.trim(), button.value].filter(Boolean).join("\n");
  text.focus();
}

function opened(event) {
  if (event.target.matches("details[data-correct]") && event.target.open) {
    event.target.querySelector("textarea")?.focus();
  }
}

document.addEventListener("click", insert);
document.addEventListener("toggle", opened, true);
