#pragma once

#include "CTurboJPEG.h"

#include <stdbool.h>

/// Whether a warning stands for data that is not what was encoded. The others are about metadata, or about bytes between
/// segments, and leave every pixel as it was.
static inline bool warns_of_damage(int code) {
    switch (code) {
    case JWRN_EXTRANEOUS_DATA: // bytes before a marker; hardware encoders pad so
    case JWRN_ADOBE_XFORM:
    case JWRN_JFIF_MAJOR:
    case JWRN_BOGUS_ICC:
    case JWRN_NOT_SEQUENTIAL: // odd Ss, Se, Ah, Al, which a sequential decoder has no use for
        return false;
    default:
        return true;
    }
}
