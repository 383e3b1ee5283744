// What buttons do: once at a time, with a refusal shown beside them, and what cannot be taken back
// only when it is pressed twice.

import { Refused, show } from "./live.js";

/** How long a button waits for the second press. */
const SURE_MILLISECONDS = 5000;

/**
 * Runs `work` for a button that stays busy meanwhile, and shows a refusal in `message`. Gives
 * whether it was done.
 */
export async function attempt(button, message, work) {
  if (button.getAttribute("aria-busy") === "true") return false;
  // A button that is disabled would lose the focus.
  button.setAttribute("aria-busy", "true");
  say(message, "");
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    say(message, error.message, true);
    return false;
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** Shows the outcome of something in a `.message`. */
export function say(message, text, isBad = false) {
  message.classList.toggle("bad", isBad);
  show(message, text);
}

/** Calls `act` when the button is pressed a second time; in between it asks `question`. */
export function surely(button, question, act) {
  const words = button.textContent;
  let timer = null;
  const calm = () => {
    clearTimeout(timer);
    timer = null;
    show(button, words);
  };
  button.addEventListener("click", () => {
    if (timer !== null) {
      calm();
      act();
      return;
    }
    show(button, question);
    timer = setTimeout(calm, SURE_MILLISECONDS);
  });
  button.addEventListener("blur", calm);
}
