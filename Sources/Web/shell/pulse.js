// What is asked again and again: not while nobody looks.

/**
 * Does something now and again after every so many milliseconds, each time once the one before
 * has ended. A hidden page rests, and asks at once when it is looked at again.
 */
export function pulse(milliseconds, action) {
  let timer = null;
  let isRunning = false;
  async function beat() {
    clearTimeout(timer);
    if (isRunning || document.hidden) return;
    isRunning = true;
    try {
      await action();
    } finally {
      isRunning = false;
      timer = setTimeout(beat, milliseconds);
    }
  }
  document.addEventListener("visibilitychange", beat);
  beat();
  /** Does it at once. */
  return beat;
}
