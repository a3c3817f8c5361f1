// A page that goes from step to step in the same place: one step shown, its heading under the reader's hand, what
// happens said in the status, and a fault said where it can be cured.
import { word } from "./words.js";

export class Steps {
  constructor(page) {
    this.page = page;
    this.status = page.querySelector("[data-status]");
    this.lost = false;
  }

  reveal(name) {
    for (const part of this.page.querySelectorAll("[data-step]")) part.hidden = part.dataset.step !== name;
  }

  show(name) {
    this.reveal(name);
    const heading = this.page.querySelector(`[data-step="${name}"] :is(h2, h3)`);
    heading.tabIndex = -1;
    heading.focus();
  }

  // Said again without a change, a status would be read aloud again.
  say(code, values) {
    const said = code ? word(this.page, code, { values }) : "";
    if (this.status.textContent !== said) this.status.textContent = said;
    this.lost = false;
  }

  // What the page looks for by itself and does not reach is said until it is reached again.
  lose(code) {
    this.say(code);
    this.lost = true;
  }

  find() {
    if (this.lost) this.say(null);
  }

  forgive() {
    for (const place of this.page.querySelectorAll("[data-error]")) {
      place.hidden = true;
      place.textContent = "";
    }
    for (const control of this.page.querySelectorAll("[aria-invalid]")) control.removeAttribute("aria-invalid");
  }

  // `at` is the part that can be cured (a question, the field of the code); without one, the page itself is told.
  blame(fault, at = null) {
    const place = at?.querySelector("[data-error]") ?? this.page.querySelector("[data-error=page]");
    place.textContent = fault.sentence ?? word(this.page, fault.code, { place: at ?? this.page });
    place.hidden = false;
    const step = at?.closest("[data-step]");
    if (step?.hidden) this.show(step.dataset.step);
    const control = at?.querySelector("input, textarea");
    control?.setAttribute("aria-invalid", "true");
    place.tabIndex = -1;
    (control ?? place).focus();
  }
}
