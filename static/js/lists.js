// Lists: all the lines of the page at once, how many are chosen; a form with data-autosubmit goes at each choice.
function count(form) {
  const boxes = [...form.querySelectorAll("tbody input[name=ids]")];
  const chosen = boxes.filter((box) => box.checked).length;
  const place = form.querySelector("[data-bulk-count]");
  if (place) place.textContent = place.dataset.bulkCount.replace("#", chosen);
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

// A table as wide as its box needs no scrolling: its head may then stay in sight under the bar.
function fit(box) {
  box.classList.remove("table-fits");
  const fits = box.scrollWidth <= box.clientWidth;
  box.classList.toggle("table-fits", fits);
  box.tabIndex = fits ? -1 : 0;
}

const watcher = new ResizeObserver((changes) => changes.forEach((change) => fit(change.target)));

export function start(part) {
  for (const box of part.querySelectorAll(".table-box")) watcher.observe(box);

  for (const form of part.querySelectorAll("form[data-bulk]")) {
    form.addEventListener("change", onChange);
    count(form);
  }
  for (const form of part.querySelectorAll("form[data-autosubmit]")) {
    form.addEventListener("change", () => form.requestSubmit());
  }
}
