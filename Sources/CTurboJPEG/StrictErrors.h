#pragma once

#include "LosslessTransform.h"

#include <setjmp.h>

/// An error manager that takes every error and every warning of damage for the end, and comes back to `leave`.
struct strict_errors {
    struct jpeg_error_mgr manager;
    struct transform_report *report;
    jmp_buf leave;
};

/// To be given to libjpeg as its error manager, before anything is created.
struct jpeg_error_mgr *strict_errors(struct strict_errors *errors, struct transform_report *report);
