#include "CEscapeCounter.h"

#include <stddef.h>

// Exported by the Swift runtime (stdlib/public/Concurrency/GlobalExecutor): called instead of the
// shared pool's own function for every job that is enqueued there.
typedef __attribute__((swiftcall)) void (*enqueue_function)(void *job);
typedef __attribute__((swiftcall)) void (*enqueue_hook)(void *job, enqueue_function original);
extern enqueue_hook swift_task_enqueueGlobal_hook;

static _Thread_local int is_counting;
static _Thread_local long count;

static __attribute__((swiftcall)) void counted(void *job, enqueue_function original) {
    if (is_counting) count++;
    original(job);
}

void cescape_begin(void) {
    // Every thread stores the same value, so a race between two is harmless.
    swift_task_enqueueGlobal_hook = counted;
    count = 0;
    is_counting = 1;
}

long cescape_end(void) {
    is_counting = 0;
    return count;
}
