/* The names of roles, from the single table. */
#include "shilu/view/style.h"

static const char *const names[] = {
#define STYLE_ROW(upper, name, purpose) [ROLE_##upper] = name,
    STYLE_ROLES(STYLE_ROW)
#undef STYLE_ROW
};

const char *style_role_name(enum style_role role)
{
    return names[role];
}
