// Placeholder until the first type of Pointing lands.
