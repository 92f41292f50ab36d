#include "SavedMarkers.h"

#include <string.h>

void save_markers(j_decompress_ptr jpeg) {
    const unsigned whole = 0xFFFF;
    for (int number = 0; number < 16; number++) jpeg_save_markers(jpeg, JPEG_APP0 + number, whole);
    jpeg_save_markers(jpeg, JPEG_COM, whole);
}

bool have_same_markers(const struct jpeg_decompress_struct *left, const struct jpeg_decompress_struct *right) {
    jpeg_saved_marker_ptr a = left->marker_list, b = right->marker_list;
    for (; a && b; a = a->next, b = b->next) {
        if (a->marker != b->marker || a->data_length != b->data_length ||
            a->original_length != b->original_length || memcmp(a->data, b->data, a->data_length) != 0)
            return false;
    }
    return !a && !b;
}
