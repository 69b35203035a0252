/* Colours for printed lines: each sequence is made once, together with the style. */
#include "shilu/cli/ansi_style.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"
#include "shilu/store/config.h"
#include "shilu/store/theme_file.h"
#include "shilu/view/speaker_color.h"
#include "shilu/view/theme.h"

enum { SEQUENCE_BYTES = 64 };

enum depth { DEPTH_NONE, DEPTH_16, DEPTH_256, DEPTH_DIRECT };

struct ansi_style {
    char roles[ROLE_COUNT][SEQUENCE_BYTES];
    char accents[ACCENT_COUNT + 1][SEQUENCE_BYTES]; /* for speakers' names */
    char match[SEQUENCE_BYTES];
    const char *reset;
};

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL && *value != '\0';
}

/* Whether colours are wanted: an explicit --color takes precedence over NO_COLOR
 * (no-color.org). */
static bool wants_color(const struct options *o, int fd)
{
    const char *term = getenv("TERM");

    if (o->color != WHEN_AUTO)
        return o->color == WHEN_ALWAYS;
    return fd >= 0 && isatty(fd) && !is_set("NO_COLOR") && term != NULL && *term != '\0' &&
           strcmp(term, "dumb") != 0;
}

static enum depth choose_depth(void)
{
    const char *direct = getenv("COLORTERM");
    const char *term = getenv("TERM");

    if (direct != NULL && (strcmp(direct, "truecolor") == 0 || strcmp(direct, "24bit") == 0))
        return DEPTH_DIRECT;
    if (term != NULL && (strstr(term, "direct") != NULL || strstr(term, "kitty") != NULL))
        return DEPTH_DIRECT;
    return term != NULL && strstr(term, "256") != NULL ? DEPTH_256 : DEPTH_16;
}

/* Parameters of SGR (ECMA-48, 8.3.117): 30 and 90 for the sixteen, 38 for the rest. */
static void append_color(struct buffer *out, enum depth depth, const struct theme_color *color,
                         int base)
{
    int ansi = color->ansi;

    if (!color->set)
        return;
    if (color->rgb != THEME_RGB_NONE && depth == DEPTH_DIRECT) {
        buffer_append_format(out, ";%d;2;%u;%u;%u", base + 8, color->rgb >> 16 & 0xFF,
                             color->rgb >> 8 & 0xFF, color->rgb & 0xFF);
        return;
    }
    if (color->rgb != THEME_RGB_NONE && depth == DEPTH_256) {
        buffer_append_format(out, ";%d;5;%d", base + 8, theme_nearest_256(color->rgb));
        return;
    }
    if (ansi == THEME_ANSI_DEFAULT)
        return;
    if (ansi < 0 && color->rgb != THEME_RGB_NONE)
        ansi = theme_nearest_16(color->rgb);
    if (ansi >= 0)
        buffer_append_format(out, ";%d", ansi < 8 ? base + ansi : base + 60 + ansi - 8);
}

static void make_sequence(char *out, enum depth depth, const struct theme *theme,
                          struct style style)
{
    static const struct {
        uint8_t attribute;
        const char *parameter;
    } attributes[] = {{THEME_BOLD, ";1"},
                      {THEME_DIM, ";2"},
                      {THEME_ITALIC, ";3"},
                      {THEME_UNDERLINE, ";4"},
                      {THEME_REVERSE, ";7"}};
    struct theme_entry look = theme_resolve(theme, style);
    struct buffer parameters = {0};
    size_t i;

    for (i = 0; i < sizeof attributes / sizeof *attributes; i++)
        if ((look.attributes & attributes[i].attribute) != 0)
            buffer_append_string(&parameters, attributes[i].parameter);
    append_color(&parameters, depth, &look.foreground, 30);
    append_color(&parameters, depth, &look.background, 40);
    if (parameters.bytes > 0)
        snprintf(out, SEQUENCE_BYTES, "\033[%sm", parameters.data + 1);
    buffer_release(&parameters);
}

/* The theme of --theme, else of the user's config, whose errors are reported on the screen. */
static bool load_theme(struct theme *theme, const struct options *o, struct error *err)
{
    struct config config = {0};
    struct keymap *keymap;
    struct error ignored;
    bool ok;

    if (o->theme != NULL)
        return theme_file_load(theme, o->theme, err);
    keymap = keymap_new();
    config_load(&config, o->config, keymap);
    ok = (config.theme != NULL && theme_file_load(theme, config.theme, &ignored)) ||
         theme_file_load(theme, NULL, err);
    config_release(&config);
    keymap_free(keymap);
    return ok;
}

struct ansi_style *ansi_style_new(const struct options *o, int fd, struct error *err)
{
    struct ansi_style *p = memory_zalloc(1, sizeof *p);
    enum depth depth = choose_depth();
    bool colors = wants_color(o, fd);
    struct theme theme;
    int i;

    p->reset = "";
    /* A named theme must exist, even if no colour is shown. */
    if ((colors || o->theme != NULL) && !load_theme(&theme, o, err)) {
        ansi_style_free(p);
        return NULL;
    }
    if (!colors)
        return p;
    p->reset = "\033[0m";
    for (i = 0; i < ROLE_COUNT; i++)
        make_sequence(p->roles[i], depth, &theme, (struct style){.role = (uint8_t)i});
    for (i = 0; i <= ACCENT_COUNT; i++)
        make_sequence(p->accents[i], depth, &theme,
                      (struct style){.role = ROLE_SPEAKER, .accent = (uint8_t)i});
    make_sequence(p->match, depth, &theme,
                  (struct style){.role = ROLE_TEXT, .over = OVER_MATCH});
    return p;
}

void ansi_style_free(struct ansi_style *p)
{
    free(p);
}

const char *ansi_style_role(const struct ansi_style *p, enum style_role role)
{
    return p->roles[role];
}

const char *ansi_style_speaker(const struct ansi_style *p, const struct transcript *t,
                               uint32_t speaker)
{
    bool colors = *p->reset != '\0';

    return p->accents[speaker == SPEAKER_NONE || !colors ? 0 : speaker_color(t, speaker)];
}

const char *ansi_style_match(const struct ansi_style *p)
{
    return p->match;
}

const char *ansi_style_reset(const struct ansi_style *p)
{
    return p->reset;
}

static const char *writer_speaker(void *context, const struct transcript *t, uint32_t speaker)
{
    return ansi_style_speaker(context, t, speaker);
}

struct writer_paint ansi_style_for_writer(struct ansi_style *p)
{
    return (struct writer_paint){
        .speaker = writer_speaker,
        .heading = p->roles[ROLE_TITLE],
        .dim = p->roles[ROLE_DIM],
        .reset = p->reset,
        .context = p,
    };
}

int ansi_style_columns(const struct options *o, int fd, int otherwise)
{
    struct winsize size;

    if (o->width == WIDTH_NO_LIMIT)
        return 0;
    if (o->width > 0)
        return o->width > INT16_MAX ? INT16_MAX : (int)o->width;
    if (fd >= 0 && isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return otherwise;
}

struct width *ansi_style_width(const struct options *o)
{
    return width_new(o->ambiguous != NULL && strcmp(o->ambiguous, "wide") == 0);
}
