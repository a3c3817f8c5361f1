// The questions as they stand in the page: what is ticked, what excludes what, and the same read again in words.
const fields = (form) => [...form.querySelectorAll("fieldset[data-question]")];

export const fieldOf = (form, place) => form.querySelector(`fieldset[data-question="${place}"]`);

// « blank », or the numbers of the answers, for each question in its order.
export function ticksOf(form) {
  const places = fields(form).sort((one, other) => one.dataset.question - other.dataset.question);
  return places.map((field) => {
    const ticked = [...field.querySelectorAll("input:checked")];
    return ticked.some((input) => "blank" in input.dataset) ? "blank" : ticked.map((input) => Number(input.value));
  });
}

// A blank vote is a vote for nothing else: one unticks the other.
export function watchBlank(form) {
  form.addEventListener("change", ({ target }) => {
    const field = target.closest("fieldset[data-question]");
    if (!field || !target.checked) return;
    for (const input of field.querySelectorAll("input:checked")) {
      if ("blank" in input.dataset !== "blank" in target.dataset) input.checked = false;
    }
  });
}

function itemOf(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

// Lines of {question, blank, held: […]}, each from the template that stands in the box.
export function tell(box, lines, words) {
  const model = box.querySelector("template");
  const drawn = lines.map(({ question, blank, held }) => {
    const line = model.content.firstElementChild.cloneNode(true);
    const answers = blank ? [words.blank] : held.length ? held : [words.nothing];
    line.querySelector("[data-name]").textContent = question;
    line.querySelector("[data-held]").replaceChildren(...answers.map(itemOf));
    return line;
  });
  box.replaceChildren(model, ...drawn);
}
