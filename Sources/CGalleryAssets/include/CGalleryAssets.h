#pragma once

#include <stddef.h>

/// One of the files that the gallery's pages are made of.
struct gallery_asset {
    /// As it is asked for, without a slash at its beginning.
    const char *path;
    const unsigned char *bytes;
    size_t length;
};

int gallery_asset_count(void);

/// - Parameter number: from 0 to `gallery_asset_count() - 1`.
struct gallery_asset gallery_asset(int number);
