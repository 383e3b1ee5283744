#pragma once
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The bare loop to compare with: a std::priority_queue of (time, sequence) pairs holds `pending`
/// events; the earliest is popped and pushed again 1 to 1,024 later, `events` times.
/// Returns a checksum, so that nothing can be optimised away.
uint64_t cbench_hold(uint64_t pending, uint64_t events);

#ifdef __cplusplus
}
#endif
