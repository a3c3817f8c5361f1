// The scrutineers as the page lists them: their names, how far each key is, seen live.
const lineOf = (page, index) => page.querySelector(`[data-keeper="${index}"]`);

export const nameOf = (page, index) => lineOf(page, index)?.dataset.name ?? index;

export function drawKeepers(page, { done, said }) {
  for (const line of page.querySelectorAll("[data-keeper]")) {
    const { keeper } = line.dataset;
    line.querySelector("progress").value = done[keeper].length;
    line.querySelector("[data-said]").textContent = said[keeper];
  }
}
