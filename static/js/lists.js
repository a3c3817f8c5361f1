// Bulk choice in lists: all the lines of the page at once, and how many are chosen.
function count(form) {
  const boxes = [...form.querySelectorAll("tbody input[name=ids]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const place = form.querySelector("[data-bulk-count]");
  if (place) {
    place.dataset.label ??= place.textContent.trim();
    place.textContent = `${place.dataset.label} : ${chosen}`;
  }
  const all = form.querySelector("thead input[type=checkbox]");
  if (all) {
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}

function onChange(event) {
  const form = event.currentTarget;
  if (event.target.closest("thead")) {
    for (const box of form.querySelectorAll("tbody input[name=ids]")) box.checked = event.target.checked;
  }
  count(form);
}

export function start(part) {
  for (const form of part.querySelectorAll("form[data-bulk]")) {
    form.addEventListener("change", onChange);
    count(form);
  }
}
