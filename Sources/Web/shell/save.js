/** The browser may still read the file that it was given a moment ago. */
const KEEP_MILLISECONDS = 60000;

/** Offers a text as a file to keep. */
export function saveFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MILLISECONDS);
}
