// Totals of a commercial document in whole numbers (BigInt), with the rounding of the server:
// a line's net is rounded half up to the cent, VAT once for each rate on the summed nets.
// An aid for the eye: the server counts again and has the last word.
const SCALE = 4;

// « 1 234,5 » → 12345000n (ten-thousandths); null when it is not a number.
export function scaled(text, places = SCALE) {
  const plain = String(text ?? "").replace(/[\s\u00a0\u202f\u2009€%]/g, "").replace(",", ".").replace("\u2212", "-");
  const found = /^(-?)(\d*)(?:\.(\d*))?$/.exec(plain);
  if (!found || !/\d/.test(plain)) return null;
  const decimals = (found[3] ?? "").slice(0, places).padEnd(places, "0");
  const value = BigInt((found[2] || "0") + decimals);
  return found[1] ? -value : value;
}

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
  const off = scaled(discount) ?? 0n;
  if (count === null || price === null) return null;
  return divided(count * price * (1000000n - off), 1000000000000n);
}

// lines: [{net: cents, rate: "0.2000"}] → {net, tax, gross, rates: [{rate, base, tax}]}, all in cents.
export function totals(lines) {
  const bases = new Map();
  for (const { net, rate } of lines) bases.set(rate, (bases.get(rate) ?? 0n) + net);
  const rates = [...bases].map(([rate, base]) => ({ rate, base, tax: divided(base * (scaled(rate) ?? 0n), 10000n) }));
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
