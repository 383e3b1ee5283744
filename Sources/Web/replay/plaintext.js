// Text and numbers out of a recording on their way to people.

/** What turns the direction of writing, ends a line or is obeyed by a terminal. */
const OBEYED = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The text with a replacement character for everything that is no letter, sign or space. */
export function printable(text) {
  return text.replace(OBEYED, "\uFFFD");
}

/** The text, or its beginning and an ellipsis. */
export function cut(text, characters) {
  if (text.length <= characters) return text;
  // A character may be two of the units that JavaScript counts, never more.
  const letters = Array.from(text.slice(0, 2 * characters + 2));
  return letters.length <= characters ? text : `${letters.slice(0, characters).join("")}…`;
}

/** A number with at most so many decimals, without zeros at its end. */
export function number(value, decimals) {
  const scaled = Math.round(Math.abs(value) * 10 ** decimals);
  if (!Number.isSafeInteger(scaled)) return String(value);
  const digits = String(scaled).padStart(decimals + 1, "0");
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - decimals);
  const sign = value < 0 && scaled !== 0 ? "-" : "";
  return sign + whole + (decimals > 0 && fraction ? `.${fraction}` : "");
}

const LONG_INTEGER = /[:[,]-?\d{16,}(?![\d.])/;
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * The value of a JSON text. Integers that a double cannot hold become texts of their digits, so
 * that nanoseconds since 1970 are shown as they were recorded.
 */
export function parseExactly(text) {
  if (!LONG_INTEGER.test(text)) return JSON.parse(text);
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) =>
    /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token));
}

/** The object in a text that somebody sent, or null. */
export function objectIn(text) {
  if (typeof text !== "string" || !text.startsWith("{")) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
