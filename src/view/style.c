/* The names of roles, from the single table. */
#include "shilu/view/style.h"

static const struct {
    const char *name;
    const char *help;
} roles[] = {
#define STYLE_ROW(upper, name, help) [ROLE_##upper] = {name, help},
    STYLE_ROLES(STYLE_ROW)
#undef STYLE_ROW
};

const char *style_role_name(enum style_role role)
{
    return roles[role].name;
}

const char *style_role_help(enum style_role role)
{
    return roles[role].help;
}
