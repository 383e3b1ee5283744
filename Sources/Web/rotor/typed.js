// Directions as people type them.

/** What a direction may be; a rotor that overlaps or flips takes more than a compass has. */
export const DIRECTION_HINT =
  "Azimuth: a number from −180 to 540. Elevation: from −90 to 180.";

/** Degrees, decimal comma and degree sign included; NaN for what is no number. */
export function typedDegrees(text) {
  const plain = text.trim().replace(/\s*°$/, "").replace("−", "-").replace(",", ".");
  return /^[-+]?\d+(\.\d+)?$/.test(plain) ? Number(plain) : NaN;
}

/** The direction in two fields; null, and a field marked, where one cannot be read. */
export function typedDirection(azimuthField, elevationField) {
  const azimuth = typedDegrees(azimuthField.value);
  const elevation = typedDegrees(elevationField.value);
  const isAzimuth = azimuth >= -180 && azimuth <= 540;
  const isElevation = elevation >= -90 && elevation <= 180;
  azimuthField.setAttribute("aria-invalid", String(!isAzimuth));
  elevationField.setAttribute("aria-invalid", String(!isElevation));
  return isAzimuth && isElevation ? { azimuth, elevation } : null;
}
