#include "CGalleryAssets.h"

// The files of the pages, as they are in assets/: one more is one line more in each of the two lists.

static const unsigned char css_base_css[] = {
#embed "assets/css/base.css"
};
static const unsigned char css_health_css[] = {
#embed "assets/css/health.css"
};
static const unsigned char css_now_css[] = {
#embed "assets/css/now.css"
};
static const unsigned char css_parts_css[] = {
#embed "assets/css/parts.css"
};
static const unsigned char css_play_css[] = {
#embed "assets/css/play.css"
};
static const unsigned char css_prints_css[] = {
#embed "assets/css/prints.css"
};
static const unsigned char css_shell_css[] = {
#embed "assets/css/shell.css"
};
static const unsigned char css_timelapses_css[] = {
#embed "assets/css/timelapses.css"
};
static const unsigned char css_timeline_css[] = {
#embed "assets/css/timeline.css"
};
static const unsigned char css_when_css[] = {
#embed "assets/css/when.css"
};
static const unsigned char icon_svg[] = {
#embed "assets/icon.svg"
};
static const unsigned char index_html[] = {
#embed "assets/index.html"
};
static const unsigned char js_core_api_js[] = {
#embed "assets/js/core/api.js"
};
static const unsigned char js_core_html_js[] = {
#embed "assets/js/core/html.js"
};
static const unsigned char js_core_icons_js[] = {
#embed "assets/js/core/icons.js"
};
static const unsigned char js_core_levels_js[] = {
#embed "assets/js/core/levels.js"
};
static const unsigned char js_core_live_js[] = {
#embed "assets/js/core/live.js"
};
static const unsigned char js_core_numbers_js[] = {
#embed "assets/js/core/numbers.js"
};
static const unsigned char js_core_outcomes_js[] = {
#embed "assets/js/core/outcomes.js"
};
static const unsigned char js_core_router_js[] = {
#embed "assets/js/core/router.js"
};
static const unsigned char js_core_session_js[] = {
#embed "assets/js/core/session.js"
};
static const unsigned char js_core_sheets_js[] = {
#embed "assets/js/core/sheets.js"
};
static const unsigned char js_core_theme_js[] = {
#embed "assets/js/core/theme.js"
};
static const unsigned char js_core_times_js[] = {
#embed "assets/js/core/times.js"
};
static const unsigned char js_main_js[] = {
#embed "assets/js/main.js"
};
static const unsigned char js_pages_health_js[] = {
#embed "assets/js/pages/health.js"
};
static const unsigned char js_pages_now_js[] = {
#embed "assets/js/pages/now.js"
};
static const unsigned char js_pages_play_js[] = {
#embed "assets/js/pages/play.js"
};
static const unsigned char js_pages_prints_js[] = {
#embed "assets/js/pages/prints.js"
};
static const unsigned char js_pages_timelapses_js[] = {
#embed "assets/js/pages/timelapses.js"
};
static const unsigned char js_pages_timeline_js[] = {
#embed "assets/js/pages/timeline.js"
};
static const unsigned char js_pages_when_js[] = {
#embed "assets/js/pages/when.js"
};
static const unsigned char js_parts_allowance_meter_js[] = {
#embed "assets/js/parts/allowance-meter.js"
};
static const unsigned char js_parts_calendar_js[] = {
#embed "assets/js/parts/calendar.js"
};
static const unsigned char js_parts_camera_choice_js[] = {
#embed "assets/js/parts/camera-choice.js"
};
static const unsigned char js_parts_card_js[] = {
#embed "assets/js/parts/card.js"
};
static const unsigned char js_parts_dialog_js[] = {
#embed "assets/js/parts/dialog.js"
};
static const unsigned char js_parts_gap_list_js[] = {
#embed "assets/js/parts/gap-list.js"
};
static const unsigned char js_parts_last_prints_js[] = {
#embed "assets/js/parts/last-prints.js"
};
static const unsigned char js_parts_login_js[] = {
#embed "assets/js/parts/login.js"
};
static const unsigned char js_parts_make_timelapse_js[] = {
#embed "assets/js/parts/make-timelapse.js"
};
static const unsigned char js_parts_moving_js[] = {
#embed "assets/js/parts/moving.js"
};
static const unsigned char js_parts_picture_js[] = {
#embed "assets/js/parts/picture.js"
};
static const unsigned char js_parts_print_card_js[] = {
#embed "assets/js/parts/print-card.js"
};
static const unsigned char js_parts_region_js[] = {
#embed "assets/js/parts/region.js"
};
static const unsigned char js_parts_strip_js[] = {
#embed "assets/js/parts/strip.js"
};
static const unsigned char js_parts_toast_js[] = {
#embed "assets/js/parts/toast.js"
};
static const unsigned char js_parts_welcome_js[] = {
#embed "assets/js/parts/welcome.js"
};
static const unsigned char js_parts_when_curve_js[] = {
#embed "assets/js/parts/when-curve.js"
};
static const unsigned char js_player_choice_js[] = {
#embed "assets/js/player/choice.js"
};
static const unsigned char js_player_deck_js[] = {
#embed "assets/js/player/deck.js"
};
static const unsigned char js_player_keys_js[] = {
#embed "assets/js/player/keys.js"
};
static const unsigned char js_player_marks_js[] = {
#embed "assets/js/player/marks.js"
};
static const unsigned char js_player_pictures_js[] = {
#embed "assets/js/player/pictures.js"
};
static const unsigned char js_player_playback_js[] = {
#embed "assets/js/player/playback.js"
};
static const unsigned char js_player_reel_js[] = {
#embed "assets/js/player/reel.js"
};
static const unsigned char js_player_seek_js[] = {
#embed "assets/js/player/seek.js"
};
static const unsigned char js_player_source_js[] = {
#embed "assets/js/player/source.js"
};
static const unsigned char js_player_stage_js[] = {
#embed "assets/js/player/stage.js"
};
static const unsigned char js_player_view_js[] = {
#embed "assets/js/player/view.js"
};
static const unsigned char js_theme_first_js[] = {
#embed "assets/js/theme-first.js"
};
static const unsigned char js_timeline_data_js[] = {
#embed "assets/js/timeline/data.js"
};
static const unsigned char js_timeline_draw_js[] = {
#embed "assets/js/timeline/draw.js"
};
static const unsigned char js_timeline_input_js[] = {
#embed "assets/js/timeline/input.js"
};
static const unsigned char js_timeline_preview_js[] = {
#embed "assets/js/timeline/preview.js"
};
static const unsigned char js_timeline_scale_js[] = {
#embed "assets/js/timeline/scale.js"
};
static const unsigned char js_timeline_swatch_js[] = {
#embed "assets/js/timeline/swatch.js"
};
static const unsigned char js_timeline_ticks_js[] = {
#embed "assets/js/timeline/ticks.js"
};
static const unsigned char openapi_yaml[] = {
#embed "assets/openapi.yaml"
};
static const unsigned char site_webmanifest[] = {
#embed "assets/site.webmanifest"
};

#define ASSET(path, name) {path, name, sizeof name}

static const struct gallery_asset assets[] = {
    ASSET("css/base.css", css_base_css),
    ASSET("css/health.css", css_health_css),
    ASSET("css/now.css", css_now_css),
    ASSET("css/parts.css", css_parts_css),
    ASSET("css/play.css", css_play_css),
    ASSET("css/prints.css", css_prints_css),
    ASSET("css/shell.css", css_shell_css),
    ASSET("css/timelapses.css", css_timelapses_css),
    ASSET("css/timeline.css", css_timeline_css),
    ASSET("css/when.css", css_when_css),
    ASSET("icon.svg", icon_svg),
    ASSET("index.html", index_html),
    ASSET("js/core/api.js", js_core_api_js),
    ASSET("js/core/html.js", js_core_html_js),
    ASSET("js/core/icons.js", js_core_icons_js),
    ASSET("js/core/levels.js", js_core_levels_js),
    ASSET("js/core/live.js", js_core_live_js),
    ASSET("js/core/numbers.js", js_core_numbers_js),
    ASSET("js/core/outcomes.js", js_core_outcomes_js),
    ASSET("js/core/router.js", js_core_router_js),
    ASSET("js/core/session.js", js_core_session_js),
    ASSET("js/core/sheets.js", js_core_sheets_js),
    ASSET("js/core/theme.js", js_core_theme_js),
    ASSET("js/core/times.js", js_core_times_js),
    ASSET("js/main.js", js_main_js),
    ASSET("js/pages/health.js", js_pages_health_js),
    ASSET("js/pages/now.js", js_pages_now_js),
    ASSET("js/pages/play.js", js_pages_play_js),
    ASSET("js/pages/prints.js", js_pages_prints_js),
    ASSET("js/pages/timelapses.js", js_pages_timelapses_js),
    ASSET("js/pages/timeline.js", js_pages_timeline_js),
    ASSET("js/pages/when.js", js_pages_when_js),
    ASSET("js/parts/allowance-meter.js", js_parts_allowance_meter_js),
    ASSET("js/parts/calendar.js", js_parts_calendar_js),
    ASSET("js/parts/camera-choice.js", js_parts_camera_choice_js),
    ASSET("js/parts/card.js", js_parts_card_js),
    ASSET("js/parts/dialog.js", js_parts_dialog_js),
    ASSET("js/parts/gap-list.js", js_parts_gap_list_js),
    ASSET("js/parts/last-prints.js", js_parts_last_prints_js),
    ASSET("js/parts/login.js", js_parts_login_js),
    ASSET("js/parts/make-timelapse.js", js_parts_make_timelapse_js),
    ASSET("js/parts/moving.js", js_parts_moving_js),
    ASSET("js/parts/picture.js", js_parts_picture_js),
    ASSET("js/parts/print-card.js", js_parts_print_card_js),
    ASSET("js/parts/region.js", js_parts_region_js),
    ASSET("js/parts/strip.js", js_parts_strip_js),
    ASSET("js/parts/toast.js", js_parts_toast_js),
    ASSET("js/parts/welcome.js", js_parts_welcome_js),
    ASSET("js/parts/when-curve.js", js_parts_when_curve_js),
    ASSET("js/player/choice.js", js_player_choice_js),
    ASSET("js/player/deck.js", js_player_deck_js),
    ASSET("js/player/keys.js", js_player_keys_js),
    ASSET("js/player/marks.js", js_player_marks_js),
    ASSET("js/player/pictures.js", js_player_pictures_js),
    ASSET("js/player/playback.js", js_player_playback_js),
    ASSET("js/player/reel.js", js_player_reel_js),
    ASSET("js/player/seek.js", js_player_seek_js),
    ASSET("js/player/source.js", js_player_source_js),
    ASSET("js/player/stage.js", js_player_stage_js),
    ASSET("js/player/view.js", js_player_view_js),
    ASSET("js/theme-first.js", js_theme_first_js),
    ASSET("js/timeline/data.js", js_timeline_data_js),
    ASSET("js/timeline/draw.js", js_timeline_draw_js),
    ASSET("js/timeline/input.js", js_timeline_input_js),
    ASSET("js/timeline/preview.js", js_timeline_preview_js),
    ASSET("js/timeline/scale.js", js_timeline_scale_js),
    ASSET("js/timeline/swatch.js", js_timeline_swatch_js),
    ASSET("js/timeline/ticks.js", js_timeline_ticks_js),
    ASSET("openapi.yaml", openapi_yaml),
    ASSET("site.webmanifest", site_webmanifest),
};

int gallery_asset_count(void) { return sizeof assets / sizeof *assets; }

struct gallery_asset gallery_asset(int number) { return assets[number]; }
