#include "StrictErrors.h"

#include "DecoderWarnings.h"

static void refuse(j_common_ptr jpeg) {
    struct strict_errors *errors = (struct strict_errors *)jpeg->err;
    errors->report->outcome = TRANSFORM_REFUSED;
    errors->manager.format_message(jpeg, errors->report->message);
    longjmp(errors->leave, 1);
}

static void meet_message(j_common_ptr jpeg, int level) {
    // A level of 0 or more is a trace.
    if (level < 0 && warns_of_damage(jpeg->err->msg_code)) refuse(jpeg);
}

static void print_nothing(j_common_ptr jpeg) { (void)jpeg; }

struct jpeg_error_mgr *strict_errors(struct strict_errors *errors, struct transform_report *report) {
    jpeg_std_error(&errors->manager);
    errors->manager.error_exit = refuse;
    errors->manager.emit_message = meet_message;
    errors->manager.output_message = print_nothing;
    errors->report = report;
    return &errors->manager;
}
