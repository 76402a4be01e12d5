// Sizes of gradients, as logarithms to the base of ten: which of them count as none, and how they are written.

import { power } from "../../shared/spelling.js";

export const FLOOR = -40; // log10; smaller counts as none
export const CEILING = 24; // log10; what is larger has exploded, and shows as this

export const none = (log) => !(log > FLOOR);

// 10^log in few characters, also where a double would be zero.
export function size(log) {
  if (log === undefined || Number.isNaN(log)) return "unknown";
  if (log === -Infinity) return "0";
  if (log >= -3 && log < 3) return String(Number((10 ** log).toPrecision(2)));
  const exponent = Math.floor(log + 1e-9);
  const digits = (10 ** (log - exponent)).toFixed(1);
  return digits === "10.0" ? `1.0·${power(exponent + 1)}` : `${digits}·${power(exponent)}`;
}

// A ratio in few characters, and how it goes on: "1/14,000" or "3.0·10⁻¹³" of something, or "0.31 ×" something.
export function share(log) {
  const digits = { minimumSignificantDigits: 2, maximumSignificantDigits: log >= 1 ? 3 : 2 };
  if (log >= -2) return { text: `${(10 ** log).toLocaleString("en-US", digits)} ×`, of: "" };
  if (log >= -9) return { text: `1/${Number((10 ** -log).toPrecision(2)).toLocaleString("en-US")}`, of: " of" };
  return { text: size(log), of: " of" };
}
