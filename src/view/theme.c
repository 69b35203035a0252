/* Themes: what a cell looks like, from its role, its speaker's accent and what lies over it. */
#include "shilu/view/theme.h"

#include <stdio.h>
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
        {ROLE_TITLE, THEME_BOLD},        {ROLE_STATUS_KEY, THEME_BOLD},
        {ROLE_STATUS_ERROR, THEME_BOLD}, {ROLE_HEADING_ACTIVE, THEME_BOLD},
        {ROLE_SPEAKER, THEME_BOLD},      {ROLE_QUESTION, THEME_BOLD},
        {ROLE_HELP_KEY, THEME_BOLD},     {ROLE_HELP_HEADING, THEME_BOLD},
        {ROLE_MARK, THEME_REVERSE},      {ROLE_POSITION, THEME_BOLD},
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

    /* The eye sees green best and blue worst. */
    return (uint32_t)(3 * red * red + 4 * green * green + 2 * blue * blue);
}

/* xterm's colour cube has these levels; its greys go from 8 in steps of 10. */
static uint32_t rgb_of_256(int index)
{
    static const uint32_t level[] = {0, 95, 135, 175, 215, 255};

    if (index >= 232) {
        uint32_t grey = 8 + 10 * (uint32_t)(index - 232);

        return grey << 16 | grey << 8 | grey;
    }
    index -= 16;
    return level[index / 36] << 16 | level[index / 6 % 6] << 8 | level[index % 6];
}

int theme_nearest_256(uint32_t rgb)
{
    int best = 16;
    int i;

    for (i = 17; i < 256; i++) {
        if (distance(rgb, rgb_of_256(i)) < distance(rgb, rgb_of_256(best)))
            best = i;
    }
    return best;
}

int theme_nearest_16(uint32_t rgb)
{
    /* xterm's defaults. */
    static const uint32_t ansi[] = {0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD,
                                    0x00CDCD, 0xE5E5E5, 0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00,
                                    0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF};
    int best = 0;
    int i;

    for (i = 1; i < 16; i++) {
        if (distance(rgb, ansi[i]) < distance(rgb, ansi[best]))
            best = i;
    }
    return best;
}
