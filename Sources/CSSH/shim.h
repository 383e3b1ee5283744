#pragma once
#include <libssh/callbacks.h>
#include <libssh/libssh.h>
#include <libssh/libssh_version.h>

// Calls that do not wait behave differently in older versions; this is the oldest that is tested.
#if LIBSSH_VERSION_INT < SSH_VERSION_INT(0, 10, 0)
#error "libssh is too old: 0.10 or later is needed"
#endif
