// Adds up the lines that are ticked, while one ticks. Hooks:
//   form[data-ticked]; data-cents on each box, debit above zero
//   [data-ticked-sums], hidden until a box is ticked: data-ticked-debit, -credit, -left
import { money } from "./totals.js";

function add(form) {
  const place = form.querySelector("[data-ticked-sums]");
  if (!place) return;
  const ticked = [...form.querySelectorAll("input[data-cents]:checked")].map((box) => BigInt(box.dataset.cents));
  const sum = (kept) => ticked.filter(kept).reduce((total, cents) => total + cents, 0n);
  const debit = sum((cents) => cents > 0n);
  const credit = -sum((cents) => cents < 0n);
  place.hidden = ticked.length === 0;
  place.querySelector("[data-ticked-debit]").textContent = money(debit);
  place.querySelector("[data-ticked-credit]").textContent = money(credit);
  place.querySelector("[data-ticked-left]").textContent = money(debit - credit);
}

export function start(part) {
  for (const form of part.querySelectorAll("form[data-ticked]")) {
    form.addEventListener("change", () => add(form));
    add(form);
  }
}
