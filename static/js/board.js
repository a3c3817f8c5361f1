// Dragging a card to another column sends the form of its button « Passer » : nothing is done that a button can't do.
let held = null;

function columnOf(target) {
  return target instanceof Element ? target.closest("[data-column]") : null;
}

function leave(board) {
  for (const one of board.querySelectorAll(".board-over")) one.classList.remove("board-over");
}

for (const board of document.querySelectorAll("[data-board]")) {
  board.addEventListener("dragstart", (event) => {
    held = event.target.closest("[data-card]");
    if (!held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", held.querySelector("a").textContent);
    held.classList.add("board-held");
  });
  board.addEventListener("dragover", (event) => {
    const column = columnOf(event.target);
    if (!held || !column) return;
    event.preventDefault();
    leave(board);
    column.classList.add("board-over");
  });
  board.addEventListener("dragend", () => {
    held?.classList.remove("board-held");
    held = null;
    leave(board);
  });
  board.addEventListener("drop", (event) => {
    const column = columnOf(event.target);
    const form = held?.querySelector("[data-move]");
    if (!column || !form || column.contains(held)) return;
    event.preventDefault();
    form.elements.stage.value = column.dataset.column;
    form.requestSubmit();
  });
}
