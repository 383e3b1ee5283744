#define _GNU_SOURCE
#include <unistd.h>
#include <fcntl.h>
#include "CLinux.h"

#include <poll.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>

int clinux_wait_readable(int descriptor, int64_t nanoseconds) {
    struct pollfd entry = {.fd = descriptor, .events = POLLIN};
    struct timespec timeout = {
        .tv_sec = nanoseconds / 1000000000,
        .tv_nsec = nanoseconds % 1000000000,
    };
    return ppoll(&entry, 1, nanoseconds < 0 ? (void *)0 : &timeout, (void *)0);
}

int64_t clinux_monotonic_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int clinux_spawn_without_descriptors(posix_spawn_file_actions_t *actions, int first) {
    return posix_spawn_file_actions_addclosefrom_np(actions, first);
}

int clinux_pipe(int descriptors[2]) {
    return pipe2(descriptors, O_CLOEXEC);
}

int clinux_spawn_in_directory(posix_spawn_file_actions_t *actions, const char *path) {
    return posix_spawn_file_actions_addchdir_np(actions, path);
}

short clinux_spawn_new_session(void) {
    return POSIX_SPAWN_SETSID;
}

int clinux_process_descriptor(pid_t process) {
    return (int)syscall(SYS_pidfd_open, process, 0);
}

int clinux_signal_process(int descriptor, int signal) {
    return (int)syscall(SYS_pidfd_send_signal, descriptor, signal, (void *)0, 0);
}

const char *clinux_signal_name(int signal) {
    return sigabbrev_np(signal);
}

const void *clinux_find(const void *all, size_t count, const void *part, size_t part_count) {
    return memmem(all, count, part, part_count);
}
