#include "CTurboJPEG.h"

#include <setjmp.h>
#include <stdlib.h>

struct row_encoder {
    // First, so that a pointer to it is a pointer to this.
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    struct jpeg_destination_mgr destination;
    uint8_t *output;
    size_t capacity;
    unsigned width;
    jmp_buf leave;
};

static const size_t first_capacity = 1 << 18;

// MARK: Messages

static void give_up(j_common_ptr jpeg) { longjmp(((struct row_encoder *)jpeg)->leave, 1); }

static void ignore_message(j_common_ptr jpeg, int level) { (void)jpeg, (void)level; }

static void print_nothing(j_common_ptr jpeg) { (void)jpeg; }

// MARK: Output: memory that grows until it is taken

static void begin_output(j_compress_ptr jpeg) { (void)jpeg; }

static boolean grow_output(j_compress_ptr jpeg) {
    struct row_encoder *encoder = (struct row_encoder *)jpeg;
    uint8_t *output = realloc(encoder->output, encoder->capacity * 2);
    if (!output) ERREXIT1(jpeg, JERR_OUT_OF_MEMORY, 0);
    encoder->output = output;
    encoder->destination.next_output_byte = output + encoder->capacity;
    encoder->destination.free_in_buffer = encoder->capacity;
    encoder->capacity *= 2;
    return TRUE;
}

static void end_output(j_compress_ptr jpeg) { (void)jpeg; }

const uint8_t *row_encoder_take(struct row_encoder *encoder, size_t *count) {
    *count = encoder->capacity - encoder->destination.free_in_buffer;
    encoder->destination.next_output_byte = encoder->output;
    encoder->destination.free_in_buffer = encoder->capacity;
    return encoder->output;
}

// MARK: Encoding

static bool start(struct row_encoder *encoder, unsigned width, unsigned height, int quality) {
    struct jpeg_compress_struct *jpeg = &encoder->jpeg;
    if (setjmp(encoder->leave) != 0) return false;
    jpeg_create_compress(jpeg);
    jpeg->dest = &encoder->destination;
    jpeg->image_width = width;
    jpeg->image_height = height;
    jpeg->input_components = 3;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, quality, TRUE);
    // Colours of lettering and of small pictures end at single pixels.
    jpeg->comp_info[0].h_samp_factor = jpeg->comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(jpeg, TRUE);
    return true;
}

struct row_encoder *row_encoder_create(unsigned width, unsigned height, int quality) {
    struct row_encoder *encoder = calloc(1, sizeof *encoder);
    if (!encoder) return NULL;
    encoder->jpeg.err = jpeg_std_error(&encoder->errors);
    encoder->errors.error_exit = give_up;
    encoder->errors.emit_message = ignore_message;
    encoder->errors.output_message = print_nothing;
    encoder->width = width;
    encoder->capacity = first_capacity;
    encoder->output = malloc(first_capacity);
    encoder->destination = (struct jpeg_destination_mgr){
        .next_output_byte = encoder->output,
        .free_in_buffer = encoder->capacity,
        .init_destination = begin_output,
        .empty_output_buffer = grow_output,
        .term_destination = end_output,
    };
    if (encoder->output && start(encoder, width, height, quality)) return encoder;
    row_encoder_destroy(encoder);
    return NULL;
}

bool row_encoder_put(struct row_encoder *encoder, const uint8_t *rgb, unsigned rows) {
    if (setjmp(encoder->leave) != 0) return false;
    if (rows > encoder->jpeg.image_height - encoder->jpeg.next_scanline) return false;
    for (unsigned y = 0; y < rows; y++) {
        JSAMPROW row = (JSAMPROW)(rgb + (size_t)y * encoder->width * 3);
        jpeg_write_scanlines(&encoder->jpeg, &row, 1);
    }
    return true;
}

bool row_encoder_finish(struct row_encoder *encoder) {
    if (setjmp(encoder->leave) != 0) return false;
    jpeg_finish_compress(&encoder->jpeg); // which gives up where rows are missing
    return true;
}

void row_encoder_destroy(struct row_encoder *encoder) {
    jpeg_destroy_compress(&encoder->jpeg);
    free(encoder->output);
    free(encoder);
}
