/* Tests of app/theme_file: what is read, what is refused and where, and that the themes that
 * come with the program can be read by people. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/store/theme_file.h"

static bool parse(struct theme *theme, const char *text, struct error *err)
{
    return theme_file_parse(theme, "some/own.json", text, strlen(text), err);
}

static void theme_file_parse__all_forms_of_colour__are_read(void **state)
{
    static const char text[] =
        "{\"title\": \"墨\", \"for\": \"dark\",\n"
        " \"colors\": {\"seal\": {\"rgb\": \"#C0392B\", \"ansi\": 1}, \"ash\": \"#808080\"},\n"
        " \"roles\": {\"text\": {\"fg\": \"#102030\", \"bg\": \"ansi:12\", \"ansi\": 7},\n"
        "  \"dim\": {\"fg\": \"ash\", \"dim\": true, \"bold\": false},\n"
        "  \"title\": {\"fg\": \"seal\", \"bg\": \"default\", \"bold\": true},\n"
        "  \"time\": {\"fg\": \"bright-blue\", \"bg\": \"#000000\", \"bg-ansi\": 4}},\n"
        " \"overs\": {\"match\": {\"reverse\": true}},\n"
        " \"accents\": [\"#000001\", \"red\", \"seal\", \"ansi:4\", \"#500000\",\n"
        "  \"#000006\", \"#000007\", \"#000008\", \"#000009\", \"#00000a\", \"#00000b\",\n"
        "  {\"rgb\": \"#00000c\", \"ansi\": 15}]}";
    struct theme t;
    struct error err = {0};

    (void)state;
    if (!parse(&t, text, &err))
        fail_msg("%s", err.message);
    assert_string_equal(t.name, "own");
    assert_string_equal(t.title, "墨");
    assert_int_equal(t.roles[ROLE_TEXT].foreground.rgb, 0x102030);
    assert_int_equal(t.roles[ROLE_TEXT].foreground.ansi, 7);
    assert_int_equal(t.roles[ROLE_TEXT].background.ansi, 12);
    assert_true(t.roles[ROLE_TEXT].background.rgb == THEME_RGB_NONE);
    assert_int_equal(t.roles[ROLE_DIM].foreground.rgb, 0x808080);
    assert_int_equal(t.roles[ROLE_DIM].foreground.ansi, -1);
    assert_int_equal(t.roles[ROLE_DIM].attributes, THEME_DIM);
    assert_int_equal(t.roles[ROLE_TITLE].foreground.rgb, 0xC0392B);
    assert_int_equal(t.roles[ROLE_TITLE].foreground.ansi, 1);
    assert_false(t.roles[ROLE_TITLE].background.set);
    assert_int_equal(t.roles[ROLE_TIME].foreground.ansi, 12);
    assert_int_equal(t.roles[ROLE_TIME].background.ansi, 4);
    assert_false(t.roles[ROLE_RULE].foreground.set);
    assert_int_equal(t.overs[0].attributes, THEME_REVERSE);
    assert_int_equal(t.accents[1].ansi, 1);
    assert_int_equal(t.accents[4].rgb, 0x500000);
    assert_int_equal(t.accents[11].ansi, 15);
}

static void theme_file_parse__faults__are_reported_with_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"", "own.json:1:1: not valid JSON"},
        {"{\"roles\": {\n", "own.json:2:1: not valid JSON"},
        {"{} x", "own.json:1:4: not valid JSON"},
        {"[]", "own.json:1:1: expected an object"},
        {"{\"rolls\": {}}", "own.json:1:2: no part of a theme 'rolls'; did you mean 'roles'?"},
        {"{\n \"roles\": {\n  \"tilte\": {}}}",
         "own.json:3:3: no role 'tilte'; did you mean 'title'?"},
        {"{\"overs\": {\"macth\": {}}}",
         "own.json:1:12: no over 'macth'; did you mean 'match'?"},
        {"{\"roles\": {\"text\": {\"blod\": true}}}",
         "own.json:1:21: no part of a look 'blod'; did you mean 'bold'?"},
        {"{\"roles\": {\"text\": {\"bold\": 1}}}", "own.json:1:21: expected true or false"},
        {"{\"roles\": {\"text\": 3}}", "own.json:1:12: expected an object"},
        {"{\"roles\": {\"text\": {\"fg\": \"#12345\"}}}", ":1:21: '#12345' is not a colour"},
        {"{\"roles\": {\"text\": {\"fg\": \"ansi:16\"}}}", "'ansi:16' is not a colour"},
        {"{\"roles\": {\"text\": {\"fg\": \"ansi:\"}}}", "'ansi:' is not a colour"},
        {"{\"roles\": {\"text\": {\"fg\": 7}}}", "expected a colour"},
        {"{\"roles\": {\"text\": {\"ansi\": 16}}}", "expected a whole number from 0 to 15"},
        {"{\"roles\": {\"text\": {\"ansi\": 1.5}}}", "expected a whole number from 0 to 15"},
        {"{\"colors\": {\"a\": {\"ansi\": 1}}}", "the colour has no \"rgb\""},
        {"{\"colors\": {\"a\": \"b\", \"b\": \"a\"}}", "'b' is not a colour"},
        {"{\"accents\": [\"red\"]}", "own.json:1:2: expected 12 colours in an array"},
        {"{\"accents\": 1}", "expected 12 colours"},
        {"{\"for\": \"night\"}", "expected \"dark\", \"light\" or \"any\""},
        {"{\"title\": 1}", "expected a string"},
        {"{\"title\": \"文\", \"文字\": 1}", "own.json:1:16: no part of a theme '文字'"},
        {"{\"roles\": []}", "expected an object"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct theme t = {.name = "before"};
        struct error err = {0};

        assert_false(parse(&t, cases[i].text, &err));
        if (strstr(err.message, cases[i].message) == NULL)
            fail_msg("case %zu: '%s', not '%s'", i, err.message, cases[i].message);
        assert_string_equal(t.name, "before");
    }
}

static void theme_file_load__name_that_is_near__is_suggested(void **state)
{
    struct theme t;
    struct error err = {0};

    (void)state;
    assert_false(theme_file_load(&t, "papr", &err));
    assert_string_equal(err.message, "no theme 'papr'; did you mean 'paper'?");
    assert_false(theme_file_load(&t, "no/such/file.json", &err));
    assert_non_null(strstr(err.message, "no/such/file.json"));
}

static void theme_file_load__background_known__suits_it(void **state)
{
    struct theme t;
    struct error err = {0};

    (void)state;
    setenv("COLORFGBG", "0;15", 1);
    assert_true(theme_file_load(&t, NULL, &err));
    assert_string_equal(t.name, "paper");
    setenv("COLORFGBG", "15;default;0", 1);
    assert_true(theme_file_load(&t, "auto", &err));
    assert_string_equal(t.name, "ink");
    unsetenv("COLORFGBG");
}

/* ---------------------------------------------------- the themes that come with shilu */

static double linear(uint32_t byte)
{
    double c = (byte & 0xFF) / 255.0;

    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t rgb)
{
    return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
}

/* WCAG 2.1, contrast ratio. */
static double contrast(uint32_t a, uint32_t b)
{
    double x = luminance(a) + 0.05;
    double y = luminance(b) + 0.05;

    return x > y ? x / y : y / x;
}

struct lab {
    double lightness, a, b;
};

/* Ottosson's OKLab. */
static struct lab lab_of(uint32_t rgb)
{
    double r = linear(rgb >> 16);
    double g = linear(rgb >> 8);
    double b = linear(rgb);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

    return (struct lab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

static double distance(struct lab x, struct lab y)
{
    return sqrt(pow(x.lightness - y.lightness, 2) + pow(x.a - y.a, 2) + pow(x.b - y.b, 2));
}

static const uint32_t dark_grounds[] = {0x000000, 0x1E1E1E, 0x282A36};
static const uint32_t light_grounds[] = {0xFFFFFF, 0xFAF6EE};

static const struct {
    const char *name;
    const uint32_t *grounds;
    size_t ground_count;
    double contrast; /* at least, of text */
} shipped[] = {
    {"ink", dark_grounds, 3, 4.5},           {"dark", dark_grounds, 3, 4.5},
    {"paper", light_grounds, 2, 4.5},        {"light", light_grounds, 2, 4.5},
    {"high-contrast", dark_grounds, 2, 7.0},
};

static void load(struct theme *t, const char *name)
{
    struct error err = {0};

    if (!theme_file_load(t, name, &err))
        fail_msg("%s", err.message);
}

static void themes__accents__are_even_apart_and_readable(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        struct theme t;

        load(&t, shipped[i].name);
        for (int a = 0; a < ACCENT_COUNT; a++) {
            struct lab lab = lab_of(t.accents[a].rgb);

            assert_true(t.accents[a].set);
            assert_true(t.accents[a].ansi >= 0);
            if (fabs(lab.lightness - lab_of(t.accents[0].rgb).lightness) > 0.01)
                fail_msg("%s: accent %d has another lightness", shipped[i].name, a + 1);
            for (size_t g = 0; g < shipped[i].ground_count; g++)
                if (contrast(t.accents[a].rgb, shipped[i].grounds[g]) < shipped[i].contrast)
                    fail_msg("%s: accent %d has contrast %.2f", shipped[i].name, a + 1,
                             contrast(t.accents[a].rgb, shipped[i].grounds[g]));
            for (int b = 0; b < a; b++) {
                if (distance(lab, lab_of(t.accents[b].rgb)) < 0.035)
                    fail_msg("%s: accents %d and %d are alike", shipped[i].name, b + 1, a + 1);
                if (theme_nearest_256(t.accents[a].rgb) == theme_nearest_256(t.accents[b].rgb))
                    fail_msg("%s: accents %d and %d are one of 256", shipped[i].name, b + 1,
                             a + 1);
            }
        }
    }
}

/* Rules are drawn, not read: they may be fainter. */
static bool is_read(int role)
{
    return role != ROLE_RULE;
}

static void themes__roles__are_readable_and_own_no_background(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        struct theme t;

        load(&t, shipped[i].name);
        assert_true(t.title[0] != '\0');
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct theme_color *fg = &t.roles[role].foreground;

            if (t.roles[role].background.set)
                fail_msg("%s: %s has a background", shipped[i].name,
                         style_role_name((enum style_role)role));
            for (size_t g = 0; fg->set && g < shipped[i].ground_count; g++)
                if (is_read(role) && contrast(fg->rgb, shipped[i].grounds[g]) < 4.5)
                    fail_msg("%s: %s has contrast %.2f", shipped[i].name,
                             style_role_name((enum style_role)role),
                             contrast(fg->rgb, shipped[i].grounds[g]));
        }
    }
}

/* A name stays readable on the row that the cursor is on, and a hit on its own ground. */
static void themes__what_lies_over__is_readable(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shipped / sizeof shipped[0]; i++) {
        struct theme t;

        load(&t, shipped[i].name);
        for (int over = 0; over < THEME_OVERS; over++) {
            const struct theme_entry *e = &t.overs[over];
            double least = over < 2 ? 7.0 : 3.0;

            assert_true(e->background.set);
            if (e->foreground.set) {
                if (contrast(e->foreground.rgb, e->background.rgb) < least)
                    fail_msg("%s: over %d has contrast %.2f", shipped[i].name, over,
                             contrast(e->foreground.rgb, e->background.rgb));
                continue;
            }
            for (int a = 0; a < ACCENT_COUNT; a++)
                if (contrast(t.accents[a].rgb, e->background.rgb) < least)
                    fail_msg("%s: accent %d on over %d has contrast %.2f", shipped[i].name,
                             a + 1, over, contrast(t.accents[a].rgb, e->background.rgb));
        }
    }
}

/* What a colour looks like at 256 and 16 colours; false: it is the terminal's own there. */
static bool shown_at(int depth, const struct theme_color *color, uint32_t *rgb)
{
    int ansi = color->ansi >= 0 ? color->ansi : theme_nearest_16(color->rgb);

    if (depth == 16 && color->ansi == THEME_ANSI_DEFAULT)
        return false;
    *rgb = theme_palette_rgb(depth == 256 ? theme_nearest_256(color->rgb) : ansi);
    return true;
}

static void check_depth(const char *name, int depth, const struct theme_color *color,
                        uint32_t ground, const char *what)
{
    uint32_t rgb;

    if (!color->set || !shown_at(depth, color, &rgb))
        return;
    if (contrast(rgb, ground) < 4.5)
        fail_msg("%s at %d colours: %s has contrast %.2f on %06x", name, depth, what,
                 contrast(rgb, ground), (unsigned)ground);
    if (depth == 16 && (color->ansi == 7 || color->ansi == 15))
        fail_msg("%s: %s is ansi %d", name, what, color->ansi);
}

/* Every theme is readable at every depth on the ground that it is for, as xterm draws. */
static void themes__every_depth__is_readable(void **state)
{
    static const uint32_t grounds[] = {0x000000, 0xFFFFFF};
    static const struct {
        const char *name;
        unsigned grounds; /* a bit each */
    } rows[] = {{"ink", 1},   {"dark", 1},          {"blue-orange", 1}, {"paper", 2},
                {"light", 2}, {"high-contrast", 1}, {"either", 3}};
    static const int depths[] = {256, 16};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct theme t;

        load(&t, rows[i].name);
        for (int g = 0; g < 2; g++) {
            for (size_t d = 0; d < 2 && (rows[i].grounds >> g & 1) != 0; d++) {
                for (int a = 0; a < ACCENT_COUNT; a++)
                    check_depth(rows[i].name, depths[d], &t.accents[a], grounds[g],
                                "an accent");
                for (int role = 0; role < ROLE_COUNT; role++)
                    if (is_read(role))
                        check_depth(rows[i].name, depths[d], &t.roles[role].foreground,
                                    grounds[g], style_role_name((enum style_role)role));
            }
        }
    }
}

/* The palette's colour of an entry's, as 8 or 16 colours show it; false: the terminal's own. */
static bool shown_of_few(int colors, const struct theme_color *color, bool ground,
                         uint32_t *rgb)
{
    int ansi = color->ansi >= 0 ? color->ansi : theme_nearest_16(color->rgb);

    if (!color->set || color->ansi == THEME_ANSI_DEFAULT)
        return false;
    if (colors == 8 && !ground && ansi == 8) /* dim, in the terminal's own colour */
        return false;
    if (colors == 8 && ground && ansi >= 8)
        ansi = ansi == 8 ? 4 : ansi - 8;
    *rgb = theme_palette_rgb(ansi);
    return true;
}

static void check_look(const char *name, int colors, const struct theme *t, struct style style,
                       uint32_t ground)
{
    struct theme_entry entry = theme_resolve(t, style);
    uint32_t text = 0;
    bool has_text;
    bool has_ground;

    theme_few_colors(&entry, colors);
    has_text = shown_of_few(colors, &entry.foreground, false, &text);
    has_ground = shown_of_few(colors, &entry.background, true, &ground);
    if (has_ground && !has_text)
        fail_msg("%s at %d colours: role %d over %d has a ground alone", name, colors,
                 style.role, style.over);
    if (has_text && contrast(text, ground) < 4.5)
        fail_msg("%s at %d colours: role %d, accent %d, over %d has contrast %.2f", name,
                 colors, style.role, style.accent, style.over, contrast(text, ground));
    if (has_text && (entry.attributes & THEME_BOLD) != 0 && entry.foreground.ansi < 8 &&
        entry.foreground.ansi >= 0)
        fail_msg("%s at %d colours: bold makes role %d bright", name, colors, style.role);
}

/* Every role, with every accent, and with everything that may lie over it. */
static void themes__few_colors__can_be_read_everywhere(void **state)
{
    static const uint32_t grounds[] = {0x000000, 0xFFFFFF};
    static const struct {
        const char *name;
        unsigned grounds; /* a bit each */
    } rows[] = {{"ink", 1},   {"dark", 1},          {"blue-orange", 1}, {"paper", 2},
                {"light", 2}, {"high-contrast", 1}, {"either", 3}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct theme t;

        load(&t, rows[i].name);
        for (int g = 0; g < 2; g++) {
            for (int colors = 8; colors <= 16 && (rows[i].grounds >> g & 1) != 0; colors += 8)
                for (int role = 0; role < ROLE_COUNT; role++)
                    for (int accent = 0; accent <= ACCENT_COUNT && is_read(role); accent++)
                        for (int over = 0; over < 1 << THEME_OVERS; over++)
                            check_look(rows[i].name, colors, &t,
                                       (struct style){.role = (uint8_t)role,
                                                      .accent = (uint8_t)accent,
                                                      .over = (uint8_t)over},
                                       grounds[g]);
        }
    }
}

/* The same on grounds of their own, in 256 and in direct colours: a name on the chosen row, a
 * hit in a selection. */
static void themes__many_colors__can_be_read_everywhere(void **state)
{
    static const char *const names[] = {"ink",   "dark",          "blue-orange", "paper",
                                        "light", "high-contrast", "either"};

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct theme t;

        load(&t, names[i]);
        for (int n = 0; n < 2 * ROLE_COUNT * (ACCENT_COUNT + 1) << THEME_OVERS; n++) {
            bool direct = n % 2 == 0;
            struct style style = {.role = (uint8_t)(n / 2 % ROLE_COUNT),
                                  .accent = (uint8_t)(n / 2 / ROLE_COUNT % (ACCENT_COUNT + 1)),
                                  .over = (uint8_t)(n / 2 / ROLE_COUNT / (ACCENT_COUNT + 1))};
            struct theme_entry entry = theme_resolve(&t, style);
            uint32_t text, ground;

            if (!is_read(style.role) || !entry.foreground.set || !entry.background.set)
                continue;
            theme_many_colors(&entry, direct);
            text = entry.foreground.rgb;
            ground = entry.background.rgb;
            if (!direct) {
                text = theme_palette_rgb(theme_nearest_256(text));
                ground = theme_palette_rgb(theme_nearest_256(ground));
            }
            if (contrast(text, ground) < 4.5)
                fail_msg("%s, %s: role %d, accent %d, over %d has contrast %.2f", names[i],
                         direct ? "direct" : "256", style.role, style.accent, style.over,
                         contrast(text, ground));
        }
    }
}

/* What the terminal says wins over COLORFGBG, which wins over nothing known. */
static void theme_file_for__the_ground__chooses(void **state)
{
    static const struct {
        const char *variable;
        enum theme_ground ground;
        const char *theme;
    } rows[] = {{NULL, GROUND_UNKNOWN, "either"},  {NULL, GROUND_DARK, "ink"},
                {NULL, GROUND_LIGHT, "paper"},     {"0;15", GROUND_UNKNOWN, "paper"},
                {"15;0", GROUND_UNKNOWN, "ink"},   {"0;default;7", GROUND_UNKNOWN, "paper"},
                {"15;0", GROUND_LIGHT, "paper"},   {"0;default", GROUND_UNKNOWN, "either"},
                {"0;11", GROUND_UNKNOWN, "paper"}, {"7;8", GROUND_UNKNOWN, "ink"}};

    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].variable != NULL)
            setenv("COLORFGBG", rows[i].variable, 1);
        else
            unsetenv("COLORFGBG");
        assert_string_equal(theme_file_for(rows[i].ground), rows[i].theme);
    }
    unsetenv("COLORFGBG");
}

static void themes__monochrome__has_no_color_and_shows_every_over(void **state)
{
    struct theme t;

    (void)state;
    load(&t, "monochrome");
    for (int role = 0; role < ROLE_COUNT; role++)
        assert_false(t.roles[role].foreground.set || t.roles[role].background.set);
    for (int over = 0; over < THEME_OVERS; over++) {
        assert_false(t.overs[over].foreground.set || t.overs[over].background.set);
        assert_true(t.overs[over].attributes != 0);
    }
}

static void theme_file_names__all_that_ship__are_listed_once_and_sorted(void **state)
{
    char **names = theme_file_names();
    int found = 0;

    (void)state;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (i > 0)
            assert_true(strcmp(names[i - 1], names[i]) < 0);
        for (size_t k = 0; k < sizeof shipped / sizeof shipped[0]; k++)
            found += strcmp(names[i], shipped[k].name) == 0;
    }
    assert_int_equal(found, sizeof shipped / sizeof shipped[0]);
    for (size_t i = 0; names[i] != NULL; i++)
        free(names[i]);
    free(names);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(theme_file_parse__all_forms_of_colour__are_read),
        cmocka_unit_test(theme_file_parse__faults__are_reported_with_their_place),
        cmocka_unit_test(theme_file_load__name_that_is_near__is_suggested),
        cmocka_unit_test(theme_file_load__background_known__suits_it),
        cmocka_unit_test(themes__accents__are_even_apart_and_readable),
        cmocka_unit_test(themes__roles__are_readable_and_own_no_background),
        cmocka_unit_test(themes__what_lies_over__is_readable),
        cmocka_unit_test(themes__every_depth__is_readable),
        cmocka_unit_test(themes__few_colors__can_be_read_everywhere),
        cmocka_unit_test(themes__many_colors__can_be_read_everywhere),
        cmocka_unit_test(theme_file_for__the_ground__chooses),
        cmocka_unit_test(themes__monochrome__has_no_color_and_shows_every_over),
        cmocka_unit_test(theme_file_names__all_that_ship__are_listed_once_and_sorted),
    };

    unsetenv("COLORFGBG");
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
