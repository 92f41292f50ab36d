#include "CTurboJPEG.h"

#include "StrictErrors.h"

#include <string.h>

/// One decoding.
struct region_decoding {
    struct jpeg_decompress_struct jpeg;
    struct strict_errors errors;
    struct transform_report report;
};

bool region_luma(const uint8_t *bytes, size_t count, unsigned left, unsigned top, unsigned width, unsigned height,
                 uint8_t *luma) {
    struct region_decoding this = {.report = {.outcome = TRANSFORM_DONE}};
    struct jpeg_decompress_struct *jpeg = &this.jpeg;
    jpeg->err = strict_errors(&this.errors, &this.report);
    jpeg_create_decompress(jpeg);
    if (setjmp(this.errors.leave) == 0) {
        jpeg_mem_src(jpeg, bytes, count);
        jpeg_read_header(jpeg, TRUE);
        if (jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK)
            ERREXIT(jpeg, JERR_CONVERSION_NOTIMPL);
        jpeg->out_color_space = JCS_GRAYSCALE;
        jpeg->scale_num = 1;
        jpeg->scale_denom = 8;
        jpeg->do_block_smoothing = FALSE;
        jpeg_start_decompress(jpeg);
        if (left > jpeg->output_width || width > jpeg->output_width - left || top > jpeg->output_height ||
            height > jpeg->output_height - top)
            ERREXIT(jpeg, JERR_BAD_CROP_SPEC);
        JSAMPARRAY row = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, jpeg->output_width, 1);
        while (jpeg->output_scanline < top + height) {
            const unsigned y = jpeg->output_scanline;
            jpeg_read_scanlines(jpeg, row, 1);
            if (y >= top) memcpy(luma + (size_t)(y - top) * width, row[0] + left, width);
        }
    }
    jpeg_destroy_decompress(jpeg);
    return this.report.outcome == TRANSFORM_DONE;
}
