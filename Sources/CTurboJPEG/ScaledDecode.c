#include "CTurboJPEG.h"

#include "StrictErrors.h"

#include <string.h>

/// One decoding.
struct scaled_decoding {
    struct jpeg_decompress_struct jpeg;
    struct strict_errors errors;
    struct transform_report report;
};

/// Ink on white paper: what each of the three inks lets through, times what the black one does. Adobe stores what
/// passes (255 is no ink), everybody else the ink.
static void colour_of_inks(const uint8_t *inks, uint8_t *rgb, unsigned width, uint8_t invert) {
    for (unsigned x = 0; x < width; x++, inks += 4, rgb += 3) {
        const unsigned black = inks[3] ^ invert;
        for (int c = 0; c < 3; c++) rgb[c] = ((inks[c] ^ invert) * black + 127) / 255;
    }
}

/// Reads every row and takes from it the columns that are wanted.
static void read_columns(struct jpeg_decompress_struct *jpeg, unsigned left, unsigned width, uint8_t *rgb) {
    const bool is_ink = jpeg->out_color_space == JCS_CMYK;
    const uint8_t invert = jpeg->saw_Adobe_marker ? 0 : 255;
    JDIMENSION first = left, decoded = width;
    // Whole blocks are decoded, so that more columns may come than are asked for. Cropping costs where there is nothing
    // to crop.
    if (width < jpeg->output_width) jpeg_crop_scanline(jpeg, &first, &decoded);

    const JDIMENSION samples = jpeg->output_width * jpeg->output_components;
    JSAMPARRAY row = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, samples, 1);
    const uint8_t *wanted = row[0] + (size_t)(left - first) * jpeg->output_components;
    for (; jpeg->output_scanline < jpeg->output_height; rgb += (size_t)width * 3) {
        if (!is_ink && decoded == width) {
            jpeg_read_scanlines(jpeg, &rgb, 1);
            continue;
        }
        jpeg_read_scanlines(jpeg, row, 1);
        if (is_ink) {
            colour_of_inks(wanted, rgb, width, invert);
        } else {
            memcpy(rgb, wanted, (size_t)width * 3);
        }
    }
}

bool scaled_decode(const uint8_t *bytes, size_t count, unsigned eighths, unsigned left, unsigned width, unsigned height,
                   uint8_t *rgb, char *message) {
    struct scaled_decoding this = {.report = {.outcome = TRANSFORM_DONE}};
    struct jpeg_decompress_struct *jpeg = &this.jpeg;
    jpeg->err = strict_errors(&this.errors, &this.report);
    jpeg_create_decompress(jpeg);
    if (setjmp(this.errors.leave) == 0) {
        jpeg_mem_src(jpeg, bytes, count);
        jpeg_read_header(jpeg, TRUE);
        const bool is_ink = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
        jpeg->out_color_space = is_ink ? JCS_CMYK : JCS_RGB;
        jpeg->scale_num = eighths;
        jpeg->scale_denom = 8;
        jpeg->do_block_smoothing = FALSE;
        jpeg->dct_method = JDCT_ISLOW;
        jpeg_start_decompress(jpeg);
        if (jpeg->output_height != height || left > jpeg->output_width || width > jpeg->output_width - left)
            ERREXIT(jpeg, JERR_BAD_CROP_SPEC);
        read_columns(jpeg, left, width, rgb);
        jpeg_finish_decompress(jpeg);
    }
    jpeg_destroy_decompress(jpeg);
    memcpy(message, this.report.message, sizeof this.report.message);
    return this.report.outcome == TRANSFORM_DONE;
}
