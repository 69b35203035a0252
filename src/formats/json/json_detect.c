/* JSON detection: whether a head has what a format's table requires. */
#include "formats/json/json_reader.h"

#include <string.h>

static bool has_type(struct json_ref value, char type)
{
    switch (type) {
    case 's':
        return json_is(value, JSON_STRING);
    case 'a':
        return json_is(value, JSON_ARRAY);
    case 'o':
        return json_is(value, JSON_OBJECT);
    case 'n':
        return json_is(value, JSON_NUMBER);
    default:
        return false;
    }
}

static bool has_path(struct json_ref head, const char *wanted)
{
    char path[80];
    size_t bytes = strcspn(wanted, ":=");
    struct json_ref value;

    if (*wanted == '!')
        return json_path(head, wanted + 1).node == NULL;
    if (bytes >= sizeof path)
        return false;
    memcpy(path, wanted, bytes);
    path[bytes] = '\0';
    value = json_path(head, path);
    if (wanted[bytes] == '=')
        return span_is(json_string(value), wanted + bytes + 1);
    return wanted[bytes] == ':' ? has_type(value, wanted[bytes + 1]) : value.node != NULL;
}

int json_format_detect(const struct json_format *format, struct json_ref head)
{
    size_t i, k;

    for (i = 0; i < format->signature_count; i++) {
        const struct json_signature *s = &format->signatures[i];

        for (k = 0; k < JSON_SIGNATURE_PATHS && s->paths[k] != NULL; k++) {
            if (!has_path(head, s->paths[k]))
                break;
        }
        if (k == JSON_SIGNATURE_PATHS || s->paths[k] == NULL)
            return s->confidence;
    }
    return CONFIDENCE_NO;
}
