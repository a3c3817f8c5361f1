// Totals of a commercial document in whole numbers (BigInt), with the rounding of the server:
// a line's net is rounded half up to the cent, VAT once for each rate on the summed nets; a discount on the whole is
// cut between the rates in proportion to what each sells, the last cents going to the largest remainders.
// An aid for the eye: the server counts again and has the last word.
const SCALE = 4;

// « 1 234,5 » → 12345000n (ten-thousandths); null when it is not a number.
export function scaled(text, places = SCALE) {
  const plain = String(text ?? "").replace(/[\s\u00a0\u202f\u2009]/g, "").replace(/€$/, "").replace(",", ".").replace("\u2212", "-");
  const found = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!found || !/\d/.test(plain)) return null;
  const decimals = (found[3] ?? "").slice(0, places).padEnd(places, "0");
  const value = BigInt((found[2] || "0") + decimals);
  return found[1] === "-" ? -value : value;
}

// « 12,5 % » → 125000n.
export const percents = (text) => scaled(String(text ?? "").replace(/%\s*$/, ""));

// Division rounded half up, away from zero.
export function divided(value, by) {
  const sign = value < 0n ? -1n : 1n;
  const size = value * sign;
  return sign * ((2n * size + by) / (2n * by));
}

// Cents of quantity × unit price × (1 − discount %).
export function lineNet(quantity, unitPrice, discount = "") {
  const count = scaled(quantity);
  const price = scaled(unitPrice);
  const off = percents(discount) ?? 0n;
  if (count === null || price === null) return null;
  return divided(count * price * (1000000n - off), 1000000000000n);
}

// A positive total cut in proportion to positive weights: parts that add up to it.
export function share(total, weights) {
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const parts = weights.map((weight) => (total * weight) / whole);
  const rest = weights.map((weight, place) => ({ place, left: (total * weight) % whole }));
  rest.sort((one, other) => (other.left > one.left ? 1 : other.left < one.left ? -1 : one.place - other.place));
  let cents = total - parts.reduce((sum, part) => sum + part, 0n);
  for (const { place } of rest) {
    if (cents-- <= 0n) break;
    parts[place] += 1n;
  }
  return parts;
}

// What a discount takes off each base; nothing when it is not between nothing and the document.
function discounts(bases, { rate = "", amount = "" }) {
  const net = bases.reduce((sum, base) => sum + base, 0n);
  const taken = percents(rate) ? divided(net * percents(rate), 1000000n) : (scaled(amount, 2) ?? 0n);
  if (taken <= 0n || taken > net) return bases.map(() => 0n);
  const sold = bases.map((base) => (base > 0n ? base : 0n));
  return share(taken, sold);
}

// lines: [{net: cents, rate: "0.2000", group: "S 0.2000"}] → {net, tax, gross, rates: [{rate, base, tax}]}, in cents;
// discount: {rate: per cent, amount: euros} as typed, on the whole.
export function totals(lines, discount = {}) {
  const groups = new Map();
  for (const { net, rate, group } of lines) {
    const known = groups.get(group ?? rate) ?? { rate, base: 0n };
    known.base += net;
    groups.set(group ?? rate, known);
  }
  const found = [...groups.values()];
  const off = discounts(found.map(({ base }) => base), discount);
  const rates = found.map(({ rate, base }, place) => ({ rate, base: base - off[place] }));
  for (const row of rates) row.tax = divided(row.base * (scaled(row.rate) ?? 0n), 10000n);
  rates.sort((one, other) => (scaled(other.rate) > scaled(one.rate) ? 1 : -1));
  const net = rates.reduce((sum, row) => sum + row.base, 0n);
  const tax = rates.reduce((sum, row) => sum + row.tax, 0n);
  return { net, tax, gross: net + tax, rates };
}

// 123450n → « 1 234,50 € », as the filter `money` writes it.
export function money(cents) {
  const size = cents < 0n ? -cents : cents;
  const euros = String(size / 100n).replace(/\B(?=(\d{3})+$)/g, "\u202f");
  return `${cents < 0n ? "\u2212" : ""}${euros},${String(size % 100n).padStart(2, "0")}\u00a0€`;
}

// "0.0550" → « 5,5 % ».
export function percent(rate) {
  const points = scaled(rate) ?? 0n;
  const decimals = String(points % 100n).padStart(2, "0").replace(/0+$/, "");
  return `${points / 100n}${decimals ? `,${decimals}` : ""}\u00a0%`;
}
