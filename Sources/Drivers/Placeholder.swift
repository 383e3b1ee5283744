// Placeholder until the first type of Drivers lands.
