// Why a text of a secret vote is refused: one word of the closed list that the server's engine uses too. Pages turn
// these words into sentences; `place` says where (the number of a question, from 0).
export class Fault extends Error {
  constructor(code, place = null) {
    super(code);
    this.name = "Fault";
    this.code = code;
    this.place = place;
  }
}

export function demand(condition, code, place = null) {
  if (!condition) throw new Fault(code, place);
}
