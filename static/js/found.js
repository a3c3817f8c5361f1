// Boxes that find rows by name, where several may be given: a new one comes when all are full. Without script three wait.
export function start(part) {
  for (const place of part.querySelectorAll("[data-found-many]")) {
    place.addEventListener("input", () => {
      const boxes = [...place.querySelectorAll("input")];
      if (boxes.some((box) => !box.value.trim())) return;
      const last = boxes.at(-1);
      const more = last.cloneNode();
      more.value = "";
      more.id = `${boxes[0].id}_${boxes.length + 1}`;
      more.setAttribute("aria-label", last.getAttribute("aria-label").replace(/\d+$/, boxes.length + 1));
      last.after(more);
    });
  }
}
