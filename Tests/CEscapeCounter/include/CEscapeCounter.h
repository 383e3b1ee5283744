#pragma once

/// Begins to count the jobs that the calling thread hands to Swift's shared pool.
/// Installs a hook of the Swift runtime once a process; other threads are not counted.
void cescape_begin(void);

/// Ends the counting and returns how many there were.
long cescape_end(void);
