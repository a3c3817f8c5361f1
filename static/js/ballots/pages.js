// All the questions on one screen, or one at a time: as the voter likes best.
export class Pages {
  constructor(form) {
    this.parts = [...form.querySelectorAll("[data-part]")];
    this.bar = form.querySelector("[data-pages]");
    this.toggle = form.querySelector("[data-page=toggle]");
    this.at = null;
    form.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-page]");
      if (button) this.turn(button.dataset.page);
    });
  }

  turn(how) {
    if (how === "toggle") this.at = this.at === null ? 0 : null;
    else this.at += how === "next" ? 1 : -1;
    this.draw();
    if (how !== "toggle") this.head();
  }

  draw() {
    const { at, bar, parts } = this;
    const told = bar.querySelector("[data-page-told]");
    for (const [place, part] of parts.entries()) part.hidden = at !== null && place !== at;
    this.toggle.setAttribute("aria-pressed", at !== null);
    bar.hidden = at === null;
    if (at === null) return;
    bar.querySelector("[data-page=back]").disabled = at === 0;
    bar.querySelector("[data-page=next]").disabled = at === parts.length - 1;
    told.textContent = told.dataset.wordPage.replace("{n}", at + 1).replace("{of}", parts.length);
  }

  // What is read next is the question that came.
  head() {
    const heading = this.parts[this.at].querySelector("h3");
    heading.tabIndex = -1;
    heading.focus();
  }

  // A question where something is to be cured is the one that shows.
  reveal(field) {
    if (this.at === null || field === null) return;
    this.at = this.parts.findIndex((part) => part.contains(field));
    this.draw();
  }
}
