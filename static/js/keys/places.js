// Writes values in the places of a page that bear their names, empty where there is none to write.
export function write(page, hook, values) {
  for (const place of page.querySelectorAll(`[data-${hook}]`)) {
    place.textContent = values[place.dataset[hook]] ?? "";
  }
}
