#pragma once
// Linux interfaces that the Glibc module map leaves out or that Swift cannot import.
#include <malloc.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

/// Waits until `descriptor` is readable or `nanoseconds` have passed; a negative time means for ever.
/// ppoll(2), which needs _GNU_SOURCE. Returns its result. Any thread.
int clinux_wait_readable(int descriptor, int64_t nanoseconds);

/// CLOCK_MONOTONIC in nanoseconds. Here and not in Swift, because a module that also imports a C
/// library whose header brings `struct timespec` along may not name that type. Any thread.
int64_t clinux_monotonic_nanoseconds(void);

/// Lets the child that is started with `actions` have no descriptor from `first` on.
/// posix_spawn_file_actions_addclosefrom_np(3), which needs _GNU_SOURCE. Returns its result.
int clinux_spawn_without_descriptors(posix_spawn_file_actions_t *actions, int first);
/// pipe2(2) with both ends closed in programs that are started later.
int clinux_pipe(int descriptors[2]);

/// Lets the child that is started with `actions` begin in a directory.
/// posix_spawn_file_actions_addchdir_np(3), which needs _GNU_SOURCE. Returns its result.
int clinux_spawn_in_directory(posix_spawn_file_actions_t *actions, const char *path);
/// POSIX_SPAWN_SETSID, which needs _GNU_SOURCE: the child leads a session of its own.
short clinux_spawn_new_session(void);

/// A descriptor of a process, closed in programs that are started later; readable once all of the
/// process has ended. pidfd_open(2); returns its result. Any thread.
int clinux_process_descriptor(pid_t process);
/// Sends a signal to the process of a descriptor and never to a later one with its number.
/// pidfd_send_signal(2); returns its result. Any thread.
int clinux_signal_process(int descriptor, int signal);
/// The name of a signal without `SIG`; NULL for those that have none. sigabbrev_np(3). Any thread.
const char *clinux_signal_name(int signal);

/// Where the bytes of `part` begin in `all`; NULL when nowhere. memmem(3), which needs
/// _GNU_SOURCE. Any thread.
const void *clinux_find(const void *all, size_t count, const void *part, size_t part_count);
