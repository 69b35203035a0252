/* Themes: the look of a cell, from its role, its speaker's accent and overlays. */
#include "shilu/view/theme.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void lay_over(struct theme_entry *entry, const struct theme_entry *over)
{
    if (over->foreground.set)
        entry->foreground = over->foreground;
    if (over->background.set)
        entry->background = over->background;
    entry->attributes |= over->attributes;
}

struct theme_entry theme_resolve(const struct theme *theme, struct style style)
{
    struct theme_entry entry = theme->roles[style.role];
    int bit;

    if (style.accent > 0 && theme->accents[style.accent - 1].set)
        entry.foreground = theme->accents[style.accent - 1];
    for (bit = 0; bit < THEME_OVERS; bit++) {
        if ((style.over >> bit & 1) != 0)
            lay_over(&entry, &theme->overs[bit]);
    }
    return entry;
}

void theme_plain(struct theme *theme)
{
    static const struct {
        enum style_role role;
        uint8_t attributes;
    } roles[] = {
        {ROLE_TITLE, THEME_BOLD},
        {ROLE_STATUS_KEY, THEME_BOLD},
        {ROLE_STATUS_ERROR, THEME_BOLD},
        {ROLE_HEADING_ACTIVE, THEME_BOLD},
        {ROLE_SPEAKER, THEME_BOLD},
        {ROLE_QUESTION, THEME_BOLD},
        {ROLE_HELP_KEY, THEME_BOLD},
        {ROLE_HELP_HEADING, THEME_BOLD},
        {ROLE_FILTER, THEME_BOLD | THEME_UNDERLINE},
        {ROLE_SECTION, THEME_BOLD},
        {ROLE_MARK, THEME_REVERSE},
        {ROLE_POSITION, THEME_BOLD},
    };
    static const uint8_t overs[THEME_OVERS] = {THEME_REVERSE, THEME_REVERSE | THEME_BOLD,
                                               THEME_REVERSE, THEME_BOLD, THEME_REVERSE};
    size_t i;

    memset(theme, 0, sizeof *theme);
    snprintf(theme->name, sizeof theme->name, "plain");
    snprintf(theme->title, sizeof theme->title, "Attributes alone, no colour");
    for (i = 0; i < sizeof roles / sizeof *roles; i++)
        theme->roles[roles[i].role].attributes = roles[i].attributes;
    for (i = 0; i < THEME_OVERS; i++)
        theme->overs[i].attributes = overs[i];
}

static uint32_t distance(uint32_t a, uint32_t b)
{
    int red = (int)(a >> 16 & 255) - (int)(b >> 16 & 255);
    int green = (int)(a >> 8 & 255) - (int)(b >> 8 & 255);
    int blue = (int)(a & 255) - (int)(b & 255);

    /* The eye is most sensitive to green and least to blue. */
    return (uint32_t)(3 * red * red + 4 * green * green + 2 * blue * blue);
}

/* The levels of xterm's colour cube in each dimension. */
static const uint32_t cube_levels[] = {0, 95, 135, 175, 215, 255};

static int nearest_level(uint32_t part)
{
    int best = 0;
    int i;

    for (i = 1; i < 6; i++) {
        if (abs((int)cube_levels[i] - (int)part) < abs((int)cube_levels[best] - (int)part))
            best = i;
    }
    return best;
}

/* Its greys go from 8 to 238 in steps of 10; the nearest is at the weighted mean. */
static int nearest_grey(uint32_t rgb)
{
    int mean = (int)(3 * (rgb >> 16 & 255) + 4 * (rgb >> 8 & 255) + 2 * (rgb & 255)) / 9;
    int step = (mean - 3) / 10;

    return mean < 8 ? 0 : step > 23 ? 23 : step;
}

/* The distance is a sum over the dimensions, so the nearest colour of the cube is nearest in
 * each. */
int theme_nearest_256(uint32_t rgb)
{
    int red = nearest_level(rgb >> 16 & 255);
    int green = nearest_level(rgb >> 8 & 255);
    int blue = nearest_level(rgb & 255);
    int grey = nearest_grey(rgb);
    uint32_t of_cube = cube_levels[red] << 16 | cube_levels[green] << 8 | cube_levels[blue];
    uint32_t of_greys = (uint32_t)(8 + 10 * grey) * 0x010101;

    if (distance(rgb, of_greys) < distance(rgb, of_cube))
        return 232 + grey;
    return 16 + 36 * red + 6 * green + blue;
}

#define READABLE 4.5 /* contrast ratio */

/* xterm's defaults. */
static const uint32_t ansi_palette[] = {
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};

/* The luminance of one component, 0 to 1. */
static double light_of(uint32_t part)
{
    double v = (double)part / 255;

    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * light_of(rgb >> 16 & 255) + 0.7152 * light_of(rgb >> 8 & 255) +
           0.0722 * light_of(rgb & 255);
}

double theme_contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05;
    double y = luminance(b) + 0.05;

    return x > y ? x / y : y / x;
}

/* Which of the 16 it is; -1 for the terminal's own. */
static int ansi_of(const struct theme_color *color)
{
    if (!color->set || (color->ansi == THEME_ANSI_DEFAULT && color->rgb != THEME_RGB_NONE))
        return -1;
    return color->ansi >= 0               ? color->ansi
           : color->rgb == THEME_RGB_NONE ? 7
                                          : theme_nearest_16(color->rgb);
}

void theme_few_colors(struct theme_entry *entry, int colors)
{
    int text = ansi_of(&entry->foreground);
    int ground = ansi_of(&entry->background);

    if (colors == 8 && ground >= 8) /* as term/colors.c draws it */
        ground = ground == 8 ? 4 : ground - 8;
    if (ground >= 0 &&
        (text < 0 || theme_contrast(ansi_palette[text], ansi_palette[ground]) < READABLE)) {
        bool black = theme_contrast(ansi_palette[0], ansi_palette[ground]) >= READABLE;

        text = black ? 0 : 15;
        entry->foreground = (struct theme_color){
            .set = true, .rgb = ansi_palette[text], .ansi = (int8_t)text};
    }
    if (text >= 0 && text < 8)
        entry->attributes &= (uint8_t)~THEME_BOLD;
}

/* One component of a colour on its way to another, in MIX_STEPS steps. */
enum { MIX_STEPS = 20 };

static uint32_t mixed_part(uint32_t from, uint32_t to, int shift, int step)
{
    int a = (int)(from >> shift & 255);
    int b = (int)(to >> shift & 255);

    return (uint32_t)(a + (b - a) * step / MIX_STEPS) << shift;
}

static uint32_t shown_rgb(uint32_t rgb, bool direct)
{
    return direct ? rgb : theme_palette_rgb(theme_nearest_256(rgb));
}

void theme_many_colors(struct theme_entry *entry, bool direct)
{
    const struct theme_color *text = &entry->foreground;
    const struct theme_color *ground = &entry->background;
    uint32_t shown = shown_rgb(ground->rgb, direct);
    uint32_t rgb = text->rgb;
    uint32_t to;

    if (!text->set || !ground->set || text->rgb == THEME_RGB_NONE ||
        ground->rgb == THEME_RGB_NONE)
        return;
    to = theme_contrast(0xFFFFFF, shown) > theme_contrast(0, shown) ? 0xFFFFFF : 0;
    for (int step = 1;
         step <= MIX_STEPS && theme_contrast(shown_rgb(rgb, direct), shown) < READABLE; step++)
        rgb = mixed_part(text->rgb, to, 16, step) | mixed_part(text->rgb, to, 8, step) |
              mixed_part(text->rgb, to, 0, step);
    entry->foreground.rgb = rgb;
}

int theme_nearest_16(uint32_t rgb)
{
    int best = 0;
    int i;

    for (i = 1; i < 16; i++) {
        if (distance(rgb, ansi_palette[i]) < distance(rgb, ansi_palette[best]))
            best = i;
    }
    return best;
}

uint32_t theme_palette_rgb(int number)
{
    if (number < 16)
        return ansi_palette[number];
    if (number >= 232)
        return (uint32_t)(8 + 10 * (number - 232)) * 0x010101;
    number -= 16;
    return cube_levels[number / 36] << 16 | cube_levels[number / 6 % 6] << 8 |
           cube_levels[number % 6];
}

/* By perceived brightness: halfway between black and white is a fifth of the luminance. */
enum theme_ground theme_ground_of(uint32_t rgb)
{
    unsigned light = 299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255);

    return light < 128 * 1000 ? GROUND_DARK : GROUND_LIGHT;
}
