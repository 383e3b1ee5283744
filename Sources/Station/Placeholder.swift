// Placeholder until the first type of Station lands.
