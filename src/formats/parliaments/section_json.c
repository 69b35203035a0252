/* The sections of a SayIt site from its database: an array of speeches, with the speaker as a
 * path of the site (percent-encoded, or null) and the words as HTML. No times. */
#include "formats/readers.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "formats/xml/html_text.h"
#include "shilu/base/buffer.h"
#include "shilu/base/translate.h"
#include "shilu/text/utf8.h"

static int hex(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* The length of a name without the number that distinguishes namesakes in the site's paths. */
static size_t without_number(const char *name, size_t bytes)
{
    size_t end = bytes;

    while (end > 0 && isdigit((unsigned char)name[end - 1]))
        end--;
    return end < bytes && end > 1 && name[end - 1] == '-' ? end - 1 : bytes;
}

/* "%E5%94%90%E9%B3%B3-2". A path that does not decode to text is used unchanged. */
static uint32_t speaker_of(struct foreign_json *f, const char *route)
{
    struct buffer name = {0};
    const char *s;
    uint32_t speaker;

    for (s = route; *s != '\0'; s++) {
        if (*s == '%' && isxdigit((unsigned char)s[1]) && isxdigit((unsigned char)s[2])) {
            buffer_append_char(&name, (char)(hex(s[1]) << 4 | hex(s[2])));
            s += 2;
        } else {
            buffer_append_char(&name, *s);
        }
    }
    if (utf8_valid_prefix(buffer_string(&name), name.bytes) < name.bytes) {
        buffer_clear(&name);
        buffer_append_string(&name, route);
    }
    speaker = emit_speaker(f->context, buffer_string(&name),
                           without_number(buffer_string(&name), name.bytes));
    buffer_release(&name);
    return speaker;
}

static bool section_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct segment_draft draft = SEGMENT_DRAFT_INIT;
    const char *content = json_value_text(value, "section_content");
    const char *route = json_value_text(value, "section_speaker");
    struct buffer text = {0};
    bool ok;

    drafts_set_time_base(f->context->drafts, TIME_BASE_NONE);
    foreign_json_field(f, FIELD_TITLE, value, "display_name");
    foreign_json_field(f, FIELD_TITLE, value, "filename");
    if (content == NULL) {
        foreign_json_error(f, "a section without \"section_content\"");
        return true;
    }
    html_text_append(&text, span_string(content));
    draft.text = buffer_string(&text);
    draft.text_bytes = text.bytes;
    draft.speaker = route != NULL ? speaker_of(f, route) : SPEAKER_NONE;
    ok = emit_segment(f->context, &draft, err);
    buffer_release(&text);
    return ok;
}

static const char *const section_arrays[] = {"", NULL};
static const char *const section_members[] = {NULL};

static const struct foreign_json_format section_format = {.terminated = true,
                                                          .arrays = section_arrays,
                                                          .members = section_members,
                                                          .take = section_take};

static void *section_open(void)
{
    return foreign_json_open(&section_format);
}

static int section_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "0.section_content").node != NULL ? CONFIDENCE_CERTAIN - 1
                                                                        : CONFIDENCE_NO;
}

const struct reader_ops reader_sayit_sections = {
    .name = "sayit-sections",
    .title = N_("SayIt sections JSON"),
    .detect_json = section_detect,
    .by_result = true,
    .open = section_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
