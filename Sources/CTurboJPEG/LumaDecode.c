#include "CTurboJPEG.h"

#include "DecoderWarnings.h"

#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

/// One decoding. libjpeg's structures come first, so that a pointer to them is a pointer to this.
struct decoding {
    struct jpeg_decompress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    const uint8_t *start;
    struct luma_report *report;
    jmp_buf leave;
};

// MARK: Messages

static void leave(struct decoding *decoding, enum luma_outcome outcome) {
    struct luma_report *report = decoding->report;
    struct jpeg_decompress_struct *jpeg = &decoding->jpeg;
    report->outcome = outcome;
    report->code = decoding->errors.msg_code;
    decoding->errors.format_message((j_common_ptr)jpeg, report->message);
    report->offset = decoding->source.next_input_byte - decoding->start;
    report->scan = jpeg->input_scan_number;
    report->row = jpeg->input_iMCU_row;
    report->rows = jpeg->total_iMCU_rows;
    longjmp(decoding->leave, 1);
}

static void meet_error(j_common_ptr jpeg) { leave((struct decoding *)jpeg, LUMA_REFUSED); }

/// Counts bytes that libjpeg passed over, the last of them just before where it stands.
static void skip_bytes(struct decoding *decoding, size_t count) {
    struct luma_report *report = decoding->report;
    report->skipped += count;
    if (decoding->jpeg.input_scan_number == 0 || count <= report->left_over) return;
    const uint8_t *end = decoding->source.next_input_byte;
    if (count > (size_t)(end - decoding->start) || memcmp(end - count, end - count + 1, count - 1) == 0) return;
    report->left_over = count;
    report->left_over_offset = end - count - decoding->start;
}

static void meet_message(j_common_ptr jpeg, int level) {
    if (level >= 0) return; // a trace
    struct decoding *decoding = (struct decoding *)jpeg;
    const int code = decoding->errors.msg_code;
    if (warns_of_damage(code)) leave(decoding, LUMA_DAMAGED);
    if (code == JWRN_EXTRANEOUS_DATA) {
        skip_bytes(decoding, decoding->errors.msg_parm.i[0]);
    } else {
        decoding->report->oddities += 1;
    }
}

static void print_nothing(j_common_ptr jpeg) { (void)jpeg; }

// MARK: Input: the caller's bytes where they lie

static void begin_source(j_decompress_ptr jpeg) { (void)jpeg; }

static boolean meet_end(j_decompress_ptr jpeg) {
    WARNMS(jpeg, JWRN_JPEG_EOF); // does not come back
    return FALSE;
}

static void skip(j_decompress_ptr jpeg, long count) {
    if (count <= 0) return;
    if ((size_t)count > jpeg->src->bytes_in_buffer) WARNMS(jpeg, JWRN_JPEG_EOF); // does not come back
    jpeg->src->next_input_byte += count;
    jpeg->src->bytes_in_buffer -= count;
}

static void end_source(j_decompress_ptr jpeg) { (void)jpeg; }

// MARK: Output

/// ITU-R BT.601 luma in 16-bit fixed point, as libjpeg computes it from RGB.
static unsigned luma_of(unsigned red, unsigned green, unsigned blue) {
    return (19595 * red + 38470 * green + 7471 * blue + 32768) >> 16;
}

/// Ink on white paper: what each of the three inks lets through, times what the black one does. Adobe stores what
/// passes (255 is no ink), everybody else the ink.
static void luma_of_inks(const uint8_t *inks, uint8_t *luma, unsigned width, uint8_t invert) {
    for (unsigned x = 0; x < width; x++, inks += 4) {
        const unsigned passed = luma_of(inks[0] ^ invert, inks[1] ^ invert, inks[2] ^ invert);
        luma[x] = (passed * (inks[3] ^ invert) + 127) / 255;
    }
}

static void read_rows(struct decoding *decoding, uint8_t *luma, unsigned width) {
    struct jpeg_decompress_struct *jpeg = &decoding->jpeg;
    if (jpeg->out_color_space == JCS_GRAYSCALE) {
        while (jpeg->output_scanline < jpeg->output_height) {
            JSAMPROW row = luma + (size_t)jpeg->output_scanline * width;
            jpeg_read_scanlines(jpeg, &row, 1);
        }
    } else {
        JSAMPARRAY inks = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, width * 4, 1);
        const uint8_t invert = jpeg->saw_Adobe_marker ? 0 : 255;
        while (jpeg->output_scanline < jpeg->output_height) {
            uint8_t *row = luma + (size_t)jpeg->output_scanline * width;
            jpeg_read_scanlines(jpeg, inks, 1);
            luma_of_inks(inks[0], row, width, invert);
        }
    }
}

void luma_decode(const uint8_t *bytes, size_t count, uint8_t *luma, unsigned width, unsigned height, long memory,
                 struct luma_report *report) {
    *report = (struct luma_report){.outcome = LUMA_DECODED};
    struct decoding decoding = {
        .start = bytes,
        .report = report,
        .source =
            {
                .next_input_byte = bytes,
                .bytes_in_buffer = count,
                .init_source = begin_source,
                .fill_input_buffer = meet_end,
                .skip_input_data = skip,
                .resync_to_restart = jpeg_resync_to_restart,
                .term_source = end_source,
            },
    };
    struct jpeg_decompress_struct *jpeg = &decoding.jpeg;
    jpeg->err = jpeg_std_error(&decoding.errors);
    decoding.errors.error_exit = meet_error;
    decoding.errors.emit_message = meet_message;
    decoding.errors.output_message = print_nothing;

    // Nothing after this that is read once we have come back here is kept in a variable of this function.
    if (setjmp(decoding.leave) == 0) {
        jpeg_create_decompress(jpeg); // keeps `err`, clears the rest
        jpeg->mem->max_memory_to_use = memory;
        jpeg->src = &decoding.source;
        jpeg_read_header(jpeg, TRUE);

        const bool is_ink = jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK;
        jpeg->out_color_space = is_ink ? JCS_CMYK : JCS_GRAYSCALE;
        jpeg->scale_num = 1;
        jpeg->scale_denom = 8;
        jpeg->do_fancy_upsampling = FALSE;
        jpeg->do_block_smoothing = FALSE;
        jpeg->dct_method = JDCT_ISLOW;
        jpeg_start_decompress(jpeg);
        if (jpeg->output_width != width || jpeg->output_height != height) ERREXIT(jpeg, JERR_BAD_CROP_SPEC);

        read_rows(&decoding, luma, width);
        jpeg_finish_decompress(jpeg); // reads on to EOI
        // A picture that ends for libjpeg before it ends for the caller is not the one that the caller sees.
        if (decoding.source.bytes_in_buffer > 0) ERREXIT(jpeg, JERR_EOI_EXPECTED);
    }
    jpeg_destroy_decompress(jpeg);
}
