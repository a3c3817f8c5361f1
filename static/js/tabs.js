// A row of tabs wider than the screen shows the tab one is on.
export function start(part) {
  for (const row of part.querySelectorAll(".tabs")) {
    const tab = row.querySelector("[aria-current]");
    if (tab) row.scrollLeft += Math.max(0, tab.getBoundingClientRect().right - row.getBoundingClientRect().right);
  }
}
