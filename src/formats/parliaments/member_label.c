/* Labels of members. The text before brackets with a name is an office; the last brackets after
 * a name hold the party. */
#include "formats/parliaments/member_label.h"

#include <ctype.h>
#include <string.h>

/* Whether the text outside the brackets is an office, not a name. */
static bool is_office(const char *s, size_t bytes)
{
    static const char *const words[] = {"minister",  "secretary", "officer",  "speaker",
                                        "president", "chair",     "convener", "advocate",
                                        "solicitor", "leader of"};
    char lower[160];
    size_t i;

    if (bytes >= sizeof lower)
        return true; /* names are shorter */
    for (i = 0; i < bytes; i++)
        lower[i] = (char)tolower((unsigned char)s[i]);
    lower[bytes] = '\0';
    if (strncmp(lower, "the ", 4) == 0)
        return true;
    for (i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strstr(lower, words[i]) != NULL)
            return true;
    return false;
}

/* "The First Minister (Alex Salmond)": office and name; "Rob Gibson (Highlands) (SNP)": name
 * and, last, the party. The label is cut in place. */
void member_label_split(char *label, struct speaker_label *out)
{
    char *open = strchr(label, '(');
    char *last = strrchr(label, '(');
    size_t bytes = strlen(label);

    out->name = label;
    if (open == NULL || open == label || bytes == 0 || label[bytes - 1] != ')')
        return;
    label[bytes - 1] = '\0';
    if (is_office(label, (size_t)(open - label)) && open == last) {
        *open = '\0';
        out->role = label;
        out->name = open + 1;
    } else {
        char *comma = strrchr(last + 1, ',');

        out->organization = last + 1;
        *open = '\0';
        if (comma != NULL && is_office(last + 1, (size_t)(comma - last - 1))) {
            *comma = '\0';
            out->role = last + 1;
            out->organization = comma + 1 + strspn(comma + 1, " ");
        }
    }
}
