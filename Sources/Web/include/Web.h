/** The web app's files, carried inside the program: it is one file, wherever it is copied. */
#pragma once
#include <stddef.h>

struct web_file {
    /** The path below this folder, with slashes. */
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/** The files one after the other; NULL beyond the last. */
const struct web_file *web_file_at(size_t index);
