#include "StrictErrors.h"

#include "DecoderWarnings.h"
#include "SavedMarkers.h"

#include <string.h>

/// One picture of the two.
struct view {
    struct jpeg_decompress_struct jpeg;
    /// A row of minimum coded units of each component.
    JSAMPARRAY rows[MAX_COMPONENTS];
};

struct comparison {
    struct view left, right;
    struct strict_errors errors;
};

/// Ends the comparison.
static void differ(struct comparison *this, const char *format, int component, int row) {
    this->errors.report->outcome = TRANSFORM_DIFFERENT;
    snprintf(this->errors.report->message, sizeof this->errors.report->message, format, component, row);
    longjmp(this->errors.leave, 1);
}

static void open_view(struct view *view, const uint8_t *bytes, size_t count, long memory) {
    struct jpeg_decompress_struct *jpeg = &view->jpeg;
    jpeg->mem->max_memory_to_use = memory;
    jpeg_mem_src(jpeg, bytes, count);
    save_markers(jpeg);
    jpeg_read_header(jpeg, TRUE);
    jpeg->raw_data_out = TRUE;
    jpeg->do_fancy_upsampling = FALSE;
    jpeg->dct_method = JDCT_ISLOW;
    jpeg_start_decompress(jpeg);
    for (int c = 0; c < jpeg->num_components; c++) {
        const jpeg_component_info *component = &jpeg->comp_info[c];
        const JDIMENSION width = component->width_in_blocks * DCTSIZE;
        const JDIMENSION height = component->v_samp_factor * DCTSIZE;
        view->rows[c] = jpeg->mem->alloc_sarray((j_common_ptr)jpeg, JPOOL_IMAGE, width, height);
        // The last row of units may be filled in part.
        for (JDIMENSION y = 0; y < height; y++) memset(view->rows[c][y], 0, width);
    }
}

static void compare_headers(struct comparison *this) {
    const struct jpeg_decompress_struct *left = &this->left.jpeg, *right = &this->right.jpeg;
    if (left->image_width != right->image_width || left->image_height != right->image_height ||
        left->num_components != right->num_components || left->jpeg_color_space != right->jpeg_color_space)
        differ(this, "its size or colour differs", 0, 0);
    for (int c = 0; c < left->num_components; c++) {
        const jpeg_component_info *a = &left->comp_info[c], *b = &right->comp_info[c];
        if (a->component_id != b->component_id || a->h_samp_factor != b->h_samp_factor ||
            a->v_samp_factor != b->v_samp_factor)
            differ(this, "component %d is another one", c + 1, 0);
    }
}

static void compare_samples(struct comparison *this) {
    struct jpeg_decompress_struct *left = &this->left.jpeg, *right = &this->right.jpeg;
    const JDIMENSION lines = left->max_v_samp_factor * DCTSIZE;
    while (left->output_scanline < left->output_height) {
        const int top = left->output_scanline;
        jpeg_read_raw_data(left, this->left.rows, lines);
        jpeg_read_raw_data(right, this->right.rows, lines);
        for (int c = 0; c < left->num_components; c++) {
            const jpeg_component_info *component = &left->comp_info[c];
            const size_t width = component->width_in_blocks * DCTSIZE;
            for (int y = 0; y < component->v_samp_factor * DCTSIZE; y++) {
                if (memcmp(this->left.rows[c][y], this->right.rows[c][y], width) != 0)
                    differ(this, "samples of component %d differ below row %d", c + 1, top);
            }
        }
    }
}

/// Reads the segments that follow the last scan. (`jpeg_finish_decompress` would do so too, and forget all segments.)
static void read_to_end(struct view *view) {
    int status;
    do status = jpeg_consume_input(&view->jpeg);
    while (status != JPEG_REACHED_EOI && status != JPEG_SUSPENDED);
    if (status == JPEG_SUSPENDED) ERREXIT(&view->jpeg, JERR_INPUT_EOF);
}

void compare_pictures(const uint8_t *left, size_t left_count, const uint8_t *right, size_t right_count, long memory,
                      struct transform_report *report) {
    *report = (struct transform_report){.outcome = TRANSFORM_DONE};
    struct comparison this;
    this.left.jpeg.err = this.right.jpeg.err = strict_errors(&this.errors, report);
    jpeg_create_decompress(&this.left.jpeg);
    jpeg_create_decompress(&this.right.jpeg);
    if (setjmp(this.errors.leave) == 0) {
        open_view(&this.left, left, left_count, memory);
        open_view(&this.right, right, right_count, memory);
        compare_headers(&this);
        compare_samples(&this);
        read_to_end(&this.left);
        read_to_end(&this.right);
        if (!have_same_markers(&this.left.jpeg, &this.right.jpeg)) differ(&this, "its metadata differ", 0, 0);
    }
    jpeg_destroy_decompress(&this.right.jpeg);
    jpeg_destroy_decompress(&this.left.jpeg);
}
