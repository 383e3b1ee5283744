#pragma once
// Linux interfaces that the Glibc module map leaves out or that Swift cannot import.
#include <malloc.h>
#include <spawn.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/random.h>
#include <sys/socket.h>
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

