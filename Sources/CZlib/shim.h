#pragma once
#include <zlib.h>

// inflateInit2 is a macro that Swift cannot import. 15 bits of window, and the format, zlib or gzip,
// found out from the first bytes.
static inline int czlib_begin_inflating(z_streamp stream) { return inflateInit2(stream, 15 + 32); }

// deflateInit2 is one, too. The format is gzip.
static inline int czlib_begin_gzip(z_streamp stream) {
    return deflateInit2(stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
}
