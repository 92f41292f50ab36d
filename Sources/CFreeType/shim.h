#pragma once

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H

// Macros that cast are not seen in Swift.

/// Outlines only, whose heights are fitted to whole pixels: widths stay as they were drawn.
static inline FT_Int32 printlapse_load_flags(void) { return FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP; }

static inline FT_Bool printlapse_is_scalable(FT_Face face) { return FT_IS_SCALABLE(face) ? 1 : 0; }

static inline const FcChar8 *printlapse_text(const char *text) { return (const FcChar8 *)text; }
