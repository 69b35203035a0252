/* Theme files. No state: a theme is read, checked against the table of roles, and returned. */
#include "shilu/store/theme_file.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "shilu/base/nearest.h"
#include "shilu/base/translate.h"
#include "shilu/store/json_file.h"

static const char *const over_names[THEME_OVERS] = {"match", "match-current", "cursor", "same",
                                                    "selected"};

static const struct {
    const char *name;
    uint8_t bit;
} attributes[] = {
    {"bold", THEME_BOLD},           {"dim", THEME_DIM},         {"italic", THEME_ITALIC},
    {"underline", THEME_UNDERLINE}, {"reverse", THEME_REVERSE},
};
enum { ATTRIBUTES = sizeof attributes / sizeof attributes[0] };

static const char *const ansi_names[] = {
    "black",        "red",           "green",       "yellow",         "blue",
    "magenta",      "cyan",          "white",       "bright-black",   "bright-red",
    "bright-green", "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan",
    "bright-white"};
enum { ANSI_COLORS = sizeof ansi_names / sizeof ansi_names[0] };

/* A file being read. */
struct reading {
    struct json_file file;
    const cJSON *palette; /* "colors", or NULL */
};

static bool unknown(const struct reading *r, const cJSON *item, struct error *err,
                    const char *what, const char *const *names, size_t count)
{
    const char *near = nearest_name(item->string, names, count);

    if (near == NULL)
        return json_file_error(&r->file, item, err, "no %s '%s'", _(what), item->string);
    return json_file_error(&r->file, item, err, "no %s '%s'; did you mean '%s'?", _(what),
                           item->string, near);
}

/* ---------------------------------------------------------------------------- colours */

static bool parse_hex(const char *text, uint32_t *rgb)
{
    char *end;

    if (text[0] != '#' || strlen(text) != 7 || strspn(text + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    *rgb = (uint32_t)strtoul(text + 1, &end, 16);
    return true;
}

static bool parse_ansi(const char *text, int8_t *ansi)
{
    if (strncmp(text, "ansi:", 5) == 0) {
        const char *digits = text + 5;
        size_t count = strspn(digits, "0123456789");
        int value = atoi(digits);

        if (count == 0 || count > 2 || digits[count] != '\0' || value >= ANSI_COLORS)
            return false;
        *ansi = (int8_t)value;
        return true;
    }
    for (int i = 0; i < ANSI_COLORS; i++) {
        if (strcmp(text, ansi_names[i]) != 0)
            continue;
        *ansi = (int8_t)i;
        return true;
    }
    return false;
}

static bool read_ansi_number(const struct reading *r, const cJSON *item, int8_t *ansi,
                             struct error *err)
{
    if (cJSON_IsString(item) && strcmp(item->valuestring, "default") == 0) {
        *ansi = THEME_ANSI_DEFAULT;
        return true;
    }
    if (!cJSON_IsNumber(item) || item->valuedouble != item->valueint || item->valueint < 0 ||
        item->valueint >= ANSI_COLORS)
        return json_file_error(&r->file, item, err,
                               "expected a whole number from 0 to 15, or \"default\"");
    *ansi = (int8_t)item->valueint;
    return true;
}

static bool read_color_object(const struct reading *r, const cJSON *item,
                              struct theme_color *out, struct error *err)
{
    static const char *const names[] = {"rgb", "ansi"};
    const cJSON *member;

    cJSON_ArrayForEach(member, item)
    {
        if (strcmp(member->string, "rgb") == 0) {
            if (!cJSON_IsString(member) || !parse_hex(member->valuestring, &out->rgb))
                return json_file_error(&r->file, member, err, "expected \"#rrggbb\"");
            out->set = true;
        } else if (strcmp(member->string, "ansi") == 0) {
            if (!read_ansi_number(r, member, &out->ansi, err))
                return false;
        } else
            return unknown(r, member, err, "part of a colour", names, 2);
    }
    if (!out->set)
        return json_file_error(&r->file, item, err, "the colour has no \"rgb\"");
    return true;
}

static bool read_color(const struct reading *r, const cJSON *item, bool in_palette,
                       struct theme_color *out, struct error *err)
{
    const char *text = cJSON_IsString(item) ? item->valuestring : NULL;
    const cJSON *named;

    *out = (struct theme_color){.ansi = -1};
    if (cJSON_IsObject(item))
        return read_color_object(r, item, out, err);
    if (text == NULL)
        return json_file_error(&r->file, item, err, "expected a colour");
    if (strcmp(text, "default") == 0)
        return true;
    out->set = true;
    if (parse_hex(text, &out->rgb))
        return true;
    if (parse_ansi(text, &out->ansi)) {
        out->rgb = THEME_RGB_NONE;
        return true;
    }
    named = in_palette ? NULL : cJSON_GetObjectItemCaseSensitive(r->palette, text);
    if (named != NULL)
        return read_color(r, named, true, out, err);
    return json_file_error(&r->file, item, err, "'%s' is not a colour", text);
}

/* ------------------------------------------------------------------------------ looks */

static bool read_attribute(const struct reading *r, const cJSON *item,
                           struct theme_entry *entry, struct error *err)
{
    static const char *const names[] = {"fg",  "bg",     "ansi",      "bg-ansi", "bold",
                                        "dim", "italic", "underline", "reverse"};

    for (size_t i = 0; i < ATTRIBUTES; i++) {
        if (strcmp(item->string, attributes[i].name) != 0)
            continue;
        if (!cJSON_IsBool(item))
            return json_file_error(&r->file, item, err, "expected true or false");
        if (cJSON_IsTrue(item))
            entry->attributes |= attributes[i].bit;
        return true;
    }
    return unknown(r, item, err, "part of a look", names, sizeof names / sizeof names[0]);
}

static bool read_look(const struct reading *r, const cJSON *look, struct theme_entry *entry,
                      struct error *err)
{
    int8_t ansi = -1;
    int8_t bg_ansi = -1;
    const cJSON *item;

    *entry = (struct theme_entry){.foreground = {.ansi = -1}, .background = {.ansi = -1}};
    if (!cJSON_IsObject(look))
        return json_file_error(&r->file, look, err, "expected an object");
    cJSON_ArrayForEach(item, look)
    {
        bool ok;

        if (strcmp(item->string, "fg") == 0)
            ok = read_color(r, item, false, &entry->foreground, err);
        else if (strcmp(item->string, "bg") == 0)
            ok = read_color(r, item, false, &entry->background, err);
        else if (strcmp(item->string, "ansi") == 0)
            ok = read_ansi_number(r, item, &ansi, err);
        else if (strcmp(item->string, "bg-ansi") == 0)
            ok = read_ansi_number(r, item, &bg_ansi, err);
        else
            ok = read_attribute(r, item, entry, err);
        if (!ok)
            return false;
    }
    if (ansi >= 0)
        entry->foreground.ansi = ansi;
    if (bg_ansi >= 0)
        entry->background.ansi = bg_ansi;
    return true;
}

static bool read_roles(const struct reading *r, const cJSON *roles, struct theme *theme,
                       struct error *err)
{
    const char *names[ROLE_COUNT];
    const cJSON *item;

    for (int i = 0; i < ROLE_COUNT; i++)
        names[i] = style_role_name((enum style_role)i);
    cJSON_ArrayForEach(item, roles)
    {
        int role = 0;

        while (role < ROLE_COUNT && strcmp(item->string, names[role]) != 0)
            role++;
        if (role == ROLE_COUNT)
            return unknown(r, item, err, "role", names, ROLE_COUNT);
        if (!read_look(r, item, &theme->roles[role], err))
            return false;
    }
    return true;
}

static bool read_overs(const struct reading *r, const cJSON *overs, struct theme *theme,
                       struct error *err)
{
    const cJSON *item;

    cJSON_ArrayForEach(item, overs)
    {
        int over = 0;

        while (over < THEME_OVERS && strcmp(item->string, over_names[over]) != 0)
            over++;
        if (over == THEME_OVERS)
            return unknown(r, item, err, "over", over_names, THEME_OVERS);
        if (!read_look(r, item, &theme->overs[over], err))
            return false;
    }
    return true;
}

static bool read_accents(const struct reading *r, const cJSON *accents, struct theme *theme,
                         struct error *err)
{
    int count = cJSON_GetArraySize(accents);
    const cJSON *item;
    int i = 0;

    if (!cJSON_IsArray(accents) || (count != ACCENT_COUNT && count != 0))
        return json_file_error(&r->file, accents, err, "expected %d colours in an array",
                               (int)ACCENT_COUNT);
    cJSON_ArrayForEach(item, accents)
    {
        if (!read_color(r, item, false, &theme->accents[i++], err))
            return false;
    }
    return true;
}

/* --------------------------------------------------------------------------- the file */

static void clear_theme(struct theme *theme)
{
    const struct theme_entry none = {.foreground = {.ansi = -1}, .background = {.ansi = -1}};

    *theme = (struct theme){0};
    for (int i = 0; i < ROLE_COUNT; i++)
        theme->roles[i] = none;
    for (int i = 0; i < THEME_OVERS; i++)
        theme->overs[i] = none;
    for (int i = 0; i < ACCENT_COUNT; i++)
        theme->accents[i].ansi = -1;
}

static bool copy_text(const struct reading *r, const cJSON *item, char *out, size_t capacity,
                      struct error *err)
{
    if (!cJSON_IsString(item))
        return json_file_error(&r->file, item, err, "expected a string");
    if (strlen(item->valuestring) >= capacity)
        return json_file_error(&r->file, item, err, "longer than %zu bytes", capacity - 1);
    strcpy(out, item->valuestring);
    return true;
}

static bool read_member(const struct reading *r, const cJSON *item, struct theme *theme,
                        struct error *err)
{
    static const char *const names[] = {"title", "for",   "shapes", "colors",
                                        "roles", "overs", "accents"};
    enum { TITLE, FOR, SHAPES, COLORS, ROLES, OVERS, ACCENTS, MEMBERS };
    char background[8];
    int member = 0;

    while (member < MEMBERS && strcmp(item->string, names[member]) != 0)
        member++;
    if (member >= COLORS && member <= OVERS && !cJSON_IsObject(item))
        return json_file_error(&r->file, item, err, "expected an object");
    switch (member) {
    case TITLE:
        return copy_text(r, item, theme->title, sizeof theme->title, err);
    case FOR:
        if (!copy_text(r, item, background, sizeof background, err))
            return false;
        return strcmp(background, "dark") == 0 || strcmp(background, "light") == 0 ||
               strcmp(background, "any") == 0 ||
               json_file_error(&r->file, item, err, "expected \"dark\", \"light\" or \"any\"");
    case SHAPES:
        theme->shapes = cJSON_IsTrue(item);
        return cJSON_IsBool(item) ||
               json_file_error(&r->file, item, err, "expected true or false");
    case COLORS:
        return true; /* read where they are used */
    case ROLES:
        return read_roles(r, item, theme, err);
    case OVERS:
        return read_overs(r, item, theme, err);
    case ACCENTS:
        return read_accents(r, item, theme, err);
    default:
        return unknown(r, item, err, "part of a theme", names, MEMBERS);
    }
}

/* Check every colour of the palette, so that an error in an unused one is reported too. */
static bool check_palette(const struct reading *r, struct error *err)
{
    struct theme_color ignored;
    const cJSON *item;

    cJSON_ArrayForEach(item, r->palette)
    {
        if (!read_color(r, item, true, &ignored, err))
            return false;
    }
    return true;
}

static bool read_theme(struct reading *r, struct theme *theme, struct error *err)
{
    const cJSON *item;

    if (!cJSON_IsObject(r->file.root))
        return json_file_error(&r->file, r->file.root, err, "expected an object");
    r->palette = cJSON_GetObjectItemCaseSensitive(r->file.root, "colors");
    if (cJSON_IsObject(r->palette) && !check_palette(r, err))
        return false;
    cJSON_ArrayForEach(item, r->file.root)
    {
        if (!read_member(r, item, theme, err))
            return false;
    }
    return true;
}

/* The name for "…/ink.json" is "ink". */
static void name_from_path(const char *path, char *out, size_t capacity)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash != NULL ? slash + 1 : path;
    size_t bytes = strlen(base);

    if (bytes > 5 && strcmp(base + bytes - 5, ".json") == 0)
        bytes -= 5;
    if (bytes >= capacity)
        bytes = capacity - 1;
    memcpy(out, base, bytes);
    out[bytes] = '\0';
}

bool theme_file_parse(struct theme *theme, const char *path, const char *text, size_t bytes,
                      struct error *err)
{
    struct reading r = {0};
    struct theme read;
    bool ok;

    clear_theme(&read);
    name_from_path(path, read.name, sizeof read.name);
    if (!json_file_parse(&r.file, path, text, bytes, err))
        return json_file_name_path(path, err);
    ok = read_theme(&r, &read, err);
    json_file_release(&r.file);
    if (!ok)
        return json_file_name_path(path, err);
    *theme = read;
    return true;
}
