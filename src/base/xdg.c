/* The XDG base directories. No state. */
#include "shilu/base/xdg.h"

#include <stdlib.h>

#include "shilu/base/buffer.h"

static const struct {
    const char *variable;
    const char *below_home;
} places[] = {
    [XDG_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
    [XDG_DATA] = {"XDG_DATA_HOME", ".local/share"},
    [XDG_STATE] = {"XDG_STATE_HOME", ".local/state"},
    [XDG_CACHE] = {"XDG_CACHE_HOME", ".cache"},
};

char *xdg_path(enum xdg_kind kind, const char *name)
{
    const char *base = getenv(places[kind].variable);
    const char *home = getenv("HOME");
    struct buffer path = {0};

    /* By the specification, a relative path is invalid and is ignored. */
    if (base != NULL && base[0] == '/')
        buffer_append_string(&path, base);
    else if (home != NULL && home[0] == '/')
        buffer_append_format(&path, "%s/%s", home, places[kind].below_home);
    else
        return NULL;
    buffer_append_format(&path, "/shilu/%s", name);
    return buffer_take(&path);
}
