// usage: seeds FOLDER: writes pictures of many codings there, for the fuzzer to begin with.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

static unsigned random_number(void) {
    static unsigned long state = 1;
    state = state * 6364136223846793005ul + 1442695040888963407ul;
    return state >> 33;
}

/// One picture of a slope with noise, behind the letter that says what reads it.
static void write_picture(const char *folder, int number, int across, int down, int quality, int restart, int components,
                          int progressive) {
    char path[4096];
    snprintf(path, sizeof path, "%s/picture-%d", folder, number);
    FILE *file = fopen(path, "wb");
    if (!file) exit(1);
    fputc('P', file);
    struct jpeg_compress_struct jpeg;
    struct jpeg_error_mgr errors;
    jpeg.err = jpeg_std_error(&errors);
    jpeg_create_compress(&jpeg);
    jpeg_stdio_dest(&jpeg, file);
    jpeg.image_width = number % 2 ? 264 : 40;
    jpeg.image_height = number % 2 ? 100 : 33;
    jpeg.input_components = components;
    jpeg.in_color_space = components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.comp_info[0].h_samp_factor = across;
    jpeg.comp_info[0].v_samp_factor = down;
    jpeg.restart_interval = restart;
    jpeg.optimize_coding = number % 3 == 0;
    if (progressive) jpeg_simple_progression(&jpeg);
    jpeg_start_compress(&jpeg, TRUE);
    unsigned char row[3 * 264];
    while (jpeg.next_scanline < jpeg.image_height) {
        for (unsigned x = 0; x < jpeg.image_width * components; x++) row[x] = x / 4 + jpeg.next_scanline + random_number() % 24;
        JSAMPROW rows = row;
        jpeg_write_scanlines(&jpeg, &rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    jpeg_destroy_compress(&jpeg);
    fclose(file);
}

static void write_bytes(const char *folder, const char *name, const void *bytes, size_t count) {
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes, 1, count, file) != count) exit(1);
    fclose(file);
}

int main(int count, char **arguments) {
    if (count != 2) return 64;
    const char *folder = arguments[1];
    int number = 0;
    for (int sampling = 0; sampling < 4; sampling++) {
        for (int quality = 20; quality < 100; quality += 35) {
            write_picture(folder, number++, 1 + (sampling & 1), 1 + sampling / 2, quality, sampling == 2 ? 3 : 0, 3, 0);
            write_picture(folder, number++, 1, 1, quality, sampling == 1 ? 5 : 0, 1, sampling == 3);
        }
    }
    static const char exif[] = "E\xFF\xD8\xFF\xE1\x00\x36"
                               "Exif\0\0II*\0\x08\0\0\0\x01\0\x32\x01\x02\0\x14\0\0\0\x1A\0\0\0\0\0\0\0"
                               "2026:11:23 14:05:10\0\xFF\xD9";
    write_bytes(folder, "exif", exif, sizeof exif - 1);
    static const char zip[] = "ZPK\x03\x04\x14\0\0\0\0\0\0\0\0\0\xA5\x36\x2F\xE8\x01\0\0\0\x01\0\0\0\x01\0\0\0ab"
                              "PK\x01\x02\x14\0\x14\0\0\0\0\0\0\0\0\0\xA5\x36\x2F\xE8\x01\0\0\0\x01\0\0\0\x01\0\0\0\0\0"
                              "\0\0\0\0\0\0\0\0\0\0\0\0a"
                              "PK\x05\x06\0\0\0\0\x01\0\x01\0\x2F\0\0\0\x20\0\0\0\0\0";
    write_bytes(folder, "zip", zip, sizeof zip - 1);
    static const char list[] = "L<?xml version='1.0'?><!-- c --><s:List xmlns:s=\"a>b\"><Key>a&amp;&#65;&#x42;</Key><Size/>"
                               "<![CDATA[<]]></s:List>";
    write_bytes(folder, "list", list, sizeof list - 1);
    return 0;
}
