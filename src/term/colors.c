/* Colours. Data: the theme, the look of each style in it, and a hash from (foreground,
 * background) to the ncurses pair, both filled on demand. Invariant: pairs 1 to `used` are
 * defined in ncurses. */
#include "term/colors.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

#include "term/use_curses.h"

#if defined(NCURSES_EXT_COLORS) && defined(NCURSES_EXT_FUNCS)
#define INIT_PAIR init_extended_pair
#else
#define INIT_PAIR init_pair
#endif

struct pair {
    int key[2]; /* foreground, background; -1 for the terminal's own */
    int number;
    UT_hash_handle hh;
};

/* The look of a style, computed once per theme. */
struct look {
    unsigned long attributes;
    int pair;
    bool is_known;
};

enum { OVER_SETS = 1 << THEME_OVERS, LOOKS = ROLE_COUNT * (ACCENT_COUNT + 1) * OVER_SETS };

struct colors {
    enum screen_colors depth;
    struct theme theme;
    struct look *looks; /* owned, LOOKS of them; memory that is never touched costs nothing */
    struct pair *pairs; /* owned */
    int used;
    bool settled[ACCENT_COUNT + 1]; /* the accent has its colour among the few */
};

static bool is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

enum screen_colors colors_choose(enum screen_colors wanted, int terminfo_colors)
{
    enum screen_colors have = terminfo_colors >= 1 << 24 ? COLORS_DIRECT
                              : terminfo_colors >= 256   ? COLORS_256
                              : terminfo_colors >= 16    ? COLORS_16
                              : terminfo_colors >= 8     ? COLORS_8
                                                         : COLORS_NONE;

    if (wanted == COLORS_AUTO)
        return is_set(getenv("NO_COLOR")) ? COLORS_NONE : have;
    return wanted < have ? wanted : have;
}

struct colors *colors_new(enum screen_colors depth)
{
    struct colors *c = memory_zalloc(1, sizeof *c);

    c->depth = depth;
    if (depth != COLORS_NONE && (start_color() != OK || use_default_colors() != OK))
        c->depth = COLORS_NONE;
    theme_plain(&c->theme);
    c->looks = memory_zalloc(LOOKS, sizeof *c->looks);
    return c;
}

void colors_free(struct colors *c)
{
    struct pair *pair;
    struct pair *next;

    if (c == NULL)
        return;
    HASH_ITER(hh, c->pairs, pair, next)
    {
        HASH_DEL(c->pairs, pair);
        free(pair);
    }
    free(c->looks);
    free(c);
}

static bool has_color(const struct theme *theme)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (theme->roles[i].foreground.set || theme->roles[i].background.set)
            return true;
    for (int i = 0; i < THEME_OVERS; i++)
        if (theme->overs[i].foreground.set || theme->overs[i].background.set)
            return true;
    return false;
}

void colors_set_theme(struct colors *c, const struct theme *theme)
{
    c->theme = *theme;
    if (c->depth == COLORS_NONE && has_color(theme))
        theme_plain(&c->theme);
    free(c->looks);
    c->looks = memory_zalloc(LOOKS, sizeof *c->looks);
    memset(c->settled, 0, sizeof c->settled);
}

int colors_index(enum screen_colors depth, const struct theme_color *color, bool *bright)
{
    bool by_ansi = color->rgb == THEME_RGB_NONE;
    int ansi;

    *bright = false;
    if (!color->set || depth == COLORS_NONE)
        return -1;
    /* ncurses interprets direct colours below 8 as the first eight palette colours. */
    if (depth == COLORS_DIRECT && !by_ansi)
        return color->rgb < 8 ? 0 : (int)color->rgb;
    if (depth == COLORS_256 && !by_ansi)
        return theme_nearest_256(color->rgb);
    if (color->ansi == THEME_ANSI_DEFAULT && !by_ansi)
        return -1;
    ansi = color->ansi >= 0 ? color->ansi : by_ansi ? 7 : theme_nearest_16(color->rgb);
    *bright = ansi >= 8 && (depth == COLORS_8 || depth == COLORS_DIRECT);
    return *bright ? ansi - 8 : ansi;
}

/* With eight colours, bold gives the bright ones, except bright black, which not every terminal
 * shows as grey: the text could end up black on black. */
static int foreground_index(const struct colors *c, const struct theme_color *color,
                            unsigned long *attributes)
{
    bool bright;
    int index = colors_index(c->depth, color, &bright);

    if (!bright)
        return index;
    *attributes |= index == COLOR_BLACK ? A_DIM : A_BOLD;
    return index == COLOR_BLACK ? -1 : index;
}

/* A background cannot be bright there either; grey becomes blue, so that it is visible. */
static int background_index(const struct colors *c, const struct theme_color *color)
{
    bool bright;
    int index = colors_index(c->depth, color, &bright);

    return bright && index == COLOR_BLACK ? COLOR_BLUE : index;
}

/* If the pairs are used up, the foreground matters most; else use the terminal's own two
 * colours. */
static int pair_number(struct colors *c, int foreground, int background)
{
    int key[2] = {foreground, background};
    struct pair *pair;

    if (foreground == -1 && background == -1)
        return 0;
    HASH_FIND(hh, c->pairs, key, sizeof key, pair);
    if (pair != NULL)
        return pair->number;
    if (c->used + 1 >= COLOR_PAIRS || INIT_PAIR(c->used + 1, foreground, background) != OK)
        return background != -1 ? pair_number(c, foreground, -1) : 0;
    pair = memory_zalloc(1, sizeof *pair);
    memcpy(pair->key, key, sizeof key);
    pair->number = ++c->used;
    HASH_ADD(hh, c->pairs, key, sizeof pair->key, pair);
    return pair->number;
}

static unsigned long curses_attributes(uint8_t attributes)
{
    unsigned long a = A_NORMAL;

    if (attributes & THEME_BOLD)
        a |= A_BOLD;
    if (attributes & THEME_DIM)
        a |= A_DIM;
#ifdef A_ITALIC
    if (attributes & THEME_ITALIC)
        a |= A_ITALIC;
#endif
    if (attributes & THEME_UNDERLINE)
        a |= A_UNDERLINE;
    if (attributes & THEME_REVERSE)
        a |= A_REVERSE;
    return a;
}

/* How many of the accents used so far have this colour. */
static int users_of(const struct colors *c, int ansi)
{
    int users = 0;

    for (int i = 1; i <= ACCENT_COUNT; i++)
        users += c->settled[i] && c->theme.accents[i - 1].ansi == ansi;
    return users;
}

/* With few colours several accents must share one. The accents used first share none as long as
 * the theme has another colour: the one of its own colours with the fewest accents. */
static void settle_accent(struct colors *c, int accent)
{
    struct theme_color *own = &c->theme.accents[accent - 1];
    int8_t best = own->ansi;

    if (c->settled[accent])
        return;
    for (int i = 0; own->set && own->ansi >= 0 && i < ACCENT_COUNT; i++) {
        const struct theme_color *other = &c->theme.accents[i];

        if (other->set && other->ansi >= 0 && users_of(c, other->ansi) < users_of(c, best))
            best = other->ansi;
    }
    own->ansi = best;
    c->settled[accent] = true;
}

static void find_look(struct colors *c, struct style style, struct look *look)
{
    bool few = c->depth == COLORS_8 || c->depth == COLORS_16;
    struct theme_entry entry;
    int foreground;

    if (few && style.accent > 0 && style.accent <= ACCENT_COUNT)
        settle_accent(c, style.accent);
    entry = theme_resolve(&c->theme, style);
    if (few)
        theme_few_colors(&entry, c->depth == COLORS_8 ? 8 : 16);
    else if (c->depth != COLORS_NONE)
        theme_many_colors(&entry, c->depth == COLORS_DIRECT);
    look->attributes = curses_attributes(entry.attributes);
    foreground = foreground_index(c, &entry.foreground, &look->attributes);
    look->pair = pair_number(c, foreground, background_index(c, &entry.background));
    look->is_known = true;
}

void colors_style(struct colors *c, struct style style, unsigned long *attributes, int *pair)
{
    int accent = style.accent <= ACCENT_COUNT ? style.accent : 0;
    int role = style.role < ROLE_COUNT ? style.role : ROLE_TEXT;
    struct look *look = &c->looks[(role * (ACCENT_COUNT + 1) + accent) * OVER_SETS +
                                  (style.over & (OVER_SETS - 1))];

    if (!look->is_known)
        find_look(c, style, look);
    *attributes = look->attributes;
    *pair = look->pair;
}
