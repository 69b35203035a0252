/* The terminal's description. ncurses keeps the one in use; here one is only chosen. */
#include "term/terminfo.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shilu/base/buffer.h"
#include "shilu/base/memory.h"

#include "term/use_curses.h"
#include <term.h>

/* Terminals whose entry is often missing on the other end of an SSH connection, and an entry
 * that works for them. */
static const struct {
    const char *prefix;
    const char *instead;
} known[] = {
    {"xterm", "xterm-256color"},       {"alacritty", "xterm-256color"},
    {"foot", "xterm-256color"},        {"wezterm", "xterm-256color"},
    {"kitty", "xterm-256color"},       {"ghostty", "xterm-256color"},
    {"konsole", "xterm-256color"},     {"vte", "xterm-256color"},
    {"gnome", "xterm-256color"},       {"contour", "xterm-256color"},
    {"rio", "xterm-256color"},         {"iterm", "xterm-256color"},
    {"tmux", "screen-256color"},       {"screen", "screen-256color"},
    {"rxvt-unicode", "rxvt-256color"},
};

static bool has_entry(const char *name)
{
    enum { ENTRY_BYTES = 256 * 1024 }; /* more than setupterm takes */
    int status = 0;

    memory_ensure(ENTRY_BYTES);
    return setupterm(name, STDOUT_FILENO, &status) == OK && status == 1;
}

static void forget_entry(void)
{
    if (cur_term != NULL)
        del_curterm(cur_term);
}

static const char *find_instead(const char *term)
{
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strncmp(term, known[i].prefix, strlen(known[i].prefix)) == 0 &&
            has_entry(known[i].instead))
            return known[i].instead;
    return NULL;
}

/* COLORTERM adds colours that an entry such as "xterm" omits. Only up to 256: more would cost
 * three times the bytes for each change of colour on slow lines. */
static char *with_more_colors(const char *name)
{
    const char *promise = getenv("COLORTERM");
    struct buffer more = {0};

    if (promise == NULL || promise[0] == '\0' || tigetnum("colors") >= 256)
        return NULL;
    buffer_append_format(&more, "%s-256color", name);
    forget_entry();
    if (has_entry(buffer_string(&more)))
        return buffer_take(&more);
    buffer_release(&more);
    has_entry(name);
    return NULL;
}

static bool can_draw(bool *ansi)
{
    const char *move = tigetstr("cup");

    if (move == NULL || move == (char *)-1 || tigetflag("hc") > 0 || tigetflag("os") > 0)
        return false;
    *ansi = strncmp(move, "\033[", 2) == 0;
    return true;
}

static void refuse_unknown(const char *term, struct error *err)
{
    static const char *const common[] = {"xterm-256color", "xterm", "linux", "vt100", "ansi"};

    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (has_entry(common[i])) {
            error_set(err, ERROR_USAGE,
                      "terminal '%s' is not known on this machine; try TERM=%s", term,
                      common[i]);
            return;
        }
    error_set(err, ERROR_UNSUPPORTED, "terminal '%s' is not known on this machine", term);
}

char *terminfo_choose(const char *term, bool *ansi, struct error *err)
{
    const char *name = term;
    char *chosen = NULL;

    if (term == NULL || term[0] == '\0') {
        error_set(err, ERROR_UNSUPPORTED, "TERM does not name the terminal");
        return NULL;
    }
    if (!has_entry(term))
        name = find_instead(term);
    if (name == NULL)
        refuse_unknown(term, err);
    else if (!can_draw(ansi))
        error_set(err, ERROR_UNSUPPORTED, "terminal '%s' cannot move its cursor", term);
    else {
        chosen = with_more_colors(name);
        if (chosen == NULL)
            chosen = memory_strdup(name);
    }
    forget_entry();
    return chosen;
}

const char *terminfo_string(const char *capability)
{
    const char *value = tigetstr(capability);

    return value != NULL && value != (char *)-1 ? value : "";
}
