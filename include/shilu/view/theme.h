/* Theme: the colours and attributes of each role. Read from JSON by store/theme_file. */
#ifndef SHILU_VIEW_THEME_H
#define SHILU_VIEW_THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "shilu/view/style.h"

/* In rgb: the colour is one of the terminal's own sixteen, by `ansi`, at any depth. */
#define THEME_RGB_NONE UINT32_C(0xFF000000)

/* In ansi: with 16 and 8 colours it is the terminal's default. */
enum { THEME_ANSI_DEFAULT = -2 };

/* A colour of a theme, with substitutes for terminals with fewer colours. */
struct theme_color {
    bool set;     /* false for the terminal's own */
    uint32_t rgb; /* 0xRRGGBB, for direct colour; nearest one for 256 */
    int8_t ansi;  /* 0 to 15, for 16 and 8 colours; -1: the nearest to rgb; or the default */
};

enum theme_attribute {
    THEME_BOLD = 1,
    THEME_DIM = 2,
    THEME_ITALIC = 4,
    THEME_UNDERLINE = 8,
    THEME_REVERSE = 16
};

struct theme_entry {
    struct theme_color foreground;
    struct theme_color background;
    uint8_t attributes; /* enum theme_attribute */
};

enum { THEME_OVERS = 5 }; /* one for each bit of enum style_over, in order */

struct theme {
    char name[32];
    char title[64];
    bool shapes; /* a shape before each speaker's name, in addition to the colour */
    struct theme_entry roles[ROLE_COUNT];
    struct theme_entry overs[THEME_OVERS]; /* laid over the role: members that are set win */
    struct theme_color accents[ACCENT_COUNT];
};

/* The look of one cell: role, accent and overlays, resolved. */
struct theme_entry theme_resolve(const struct theme *theme, struct style style);

/* The theme that needs no file: attributes alone, no colour. */
void theme_plain(struct theme *theme);

/* The nearest colour of xterm's 256 (16 to 255) and of the first 16. */
int theme_nearest_256(uint32_t rgb);
int theme_nearest_16(uint32_t rgb);

/* The RGB value of xterm's palette entry. */
uint32_t theme_palette_rgb(int number);

/* The contrast ratio of WCAG 2.1, from 1 to 21. */
double theme_contrast(uint32_t a, uint32_t b);

/* An entry as shown with so few colours (8 or 16). Terminals brighten bold text in the first
 * eight colours, so those chosen for their contrast are not bold. On a background of the
 * theme's own, text that would be unreadable is black or white. */
void theme_few_colors(struct theme_entry *entry, int colors);

/* The same with 256 colours, or `direct` colour: on a background of the theme's own, coloured
 * text that would be unreadable is made lighter or darker as needed. */
void theme_many_colors(struct theme_entry *entry, bool direct);

/* The terminal's background, as far as it is known. */
enum theme_ground { GROUND_UNKNOWN, GROUND_DARK, GROUND_LIGHT };
enum theme_ground theme_ground_of(uint32_t rgb);

#endif
