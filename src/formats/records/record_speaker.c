/* The speakers of a record, one for each label, with their roles. */
#include "formats/records/record_speaker.h"

#include <stdlib.h>
#include <string.h>

#include "formats/common/emit.h"
#include "formats/common/name_role.h"
#include "formats/records/block_kind.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/record_kept.h"
#include "shilu/base/memory.h"

char *record_speaker_tidy(struct span name)
{
    struct buffer out = {0};
    struct span rest;

    /* 主　席: letters set apart to fill the line. */
    for (rest = name;
         rest.length > 3 && (unsigned char)*rest.data >= 0xE3 &&
         (span_starts_with(span_skip(rest, 3), "\xE3\x80\x80") || rest.data[3] == ' ');) {
        rest = folded_trim(span_skip(rest, 3));
    }
    if (rest.length == 3 && rest.data != name.data && (unsigned char)*rest.data >= 0xE4) {
        for (rest = name; rest.length > 0; rest = folded_trim(span_skip(rest, 3)))
            buffer_append(&out, rest.data, 3);
        return buffer_take(&out);
    }

    emit_squeeze(&out, name.data, name.length);
    return buffer_take(&out);
}

/* "Sandwick) (LD", "UNI), question": brackets that the label opens or closes. */
static char *tidy_role(struct span role)
{
    char *text = record_speaker_tidy(role);
    char *at;

    while ((at = strstr(text, "), ")) != NULL && (size_t)(at - text) < strcspn(text, "("))
        memmove(at, at + 1, strlen(at + 1) + 1);

    while ((at = strstr(text, ") (")) != NULL) {
        *at = ',';
        memmove(at + 2, at + 3, strlen(at + 3) + 1);
    }
    return text;
}

/* Q1 becomes Q: the number counts questions. */
static struct span without_number(const struct survey_label *label, struct span name)
{
    if (label->mark == LABEL_OF_NONE)
        return name;
    while (name.length > 1) {
        uint32_t last = (unsigned char)name.data[name.length - 1];

        if ((last >= '0' && last <= '9') || last == ' ')
            name.length--;
        else if (name.length > 3 && memcmp(name.data + name.length - 3, "０", 2) == 0 &&
                 (unsigned char)name.data[name.length - 1] <= 0x99)
            name.length -= 3;
        else
            break;
    }
    return folded_trim(name);
}

struct speaker_of_label *record_speaker_slot(struct record *r, uint32_t label)
{
    while (r->speaker_count <= label) {
        MEMORY_RESERVE(r->speakers, r->speaker_capacity, r->speaker_count + 1);
        r->speakers[r->speaker_count++] = (struct speaker_of_label){.speaker = SPEAKER_NONE};
    }
    return &r->speakers[label];
}

enum { INITIALS_MAX = 4 };

/* MF, AG: what may be the initials of a name. */
static bool is_initials(const char *text)
{
    size_t length = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    return length >= 1 && length <= INITIALS_MAX && text[length] == '\0';
}

/* Whether the words of a name begin with these letters, in order. */
static bool are_initials_of(const char *initials, const char *name)
{
    while (name != NULL && *name != '\0') {
        if (*name == *initials && *++initials == '\0')
            return true;
        name = strchr(name, ' ');
        name = name != NULL ? name + 1 : NULL;
    }
    return false;
}

/* Whether a role is an office, or begins with it: 主持人、副主任. */
static bool holds_office(const char *role, const char *office)
{
    size_t bytes = strlen(office);

    return role != NULL && strncmp(role, office, bytes) == 0 &&
           (role[bytes] == '\0' || strncmp(role + bytes, "、", 3) == 0);
}

/* "O Sr. Presidente" after "O Sr. Presidente (João Farinha)": the speaker who was introduced
 * with that office. SPEAKER_NONE for none or several. */
static uint32_t holder_of(const struct record *r, const char *office)
{
    bool initials = is_initials(office);
    uint32_t holder = SPEAKER_NONE;
    size_t i;

    if (!initials && (!vocabulary_has_title(span_string(office)) ||
                      vocabulary_has_asker(span_string(office)))) /* any reporter */
        return SPEAKER_NONE;
    for (i = 0; i < r->speaker_count; i++) {
        const struct speaker_of_label *other = &r->speakers[i];

        if (other->speaker == SPEAKER_NONE || !holds_office(other->role, office) ||
            (initials && !are_initials_of(office, other->name)) || other->speaker == holder)
            continue;
        if (holder != SPEAKER_NONE)
            return SPEAKER_NONE;
        holder = other->speaker;
    }
    return holder;
}

/* PETRIE after "JOAN PETRIE", where the record uses last names after full ones: the one speaker
 * whose name ends in it. SPEAKER_NONE for none or several. */
static uint32_t bearer_of(const struct record *r, struct span last)
{
    uint32_t bearer = SPEAKER_NONE;
    size_t i;

    for (i = 0; r->last_names && i < r->speaker_count; i++) {
        const struct speaker_of_label *other = &r->speakers[i];

        if (other->speaker == SPEAKER_NONE || other->speaker == bearer ||
            !label_is_last_name(last, span_string(other->name)))
            continue;
        if (bearer != SPEAKER_NONE)
            return SPEAKER_NONE;
        bearer = other->speaker;
    }
    return bearer;
}

/* 副主任 吴蔚: an office and a name, with a blank between them. */
static bool split_at_blank(struct span both, struct buffer *name, struct buffer *office)
{
    struct span front;
    size_t at = both.length;

    while (at > 0 && both.data[at - 1] != ' ' &&
           !(at >= 3 && memcmp(both.data + at - 3, "\xE3\x80\x80", 3) == 0))
        at--;
    front = folded_trim(span_of(both.data, at));
    if (front.length == 0 || (unsigned char)*both.data < 0xE3 || !vocabulary_has_title(front))
        return false;
    buffer_append(office, front.data, front.length);
    buffer_append(name, both.data + at, both.length - at);
    return true;
}

/* 主席（徐議長明哲）: the name within the brackets holds an office of its own. */
static void take_inner_office(struct speaker_of_label *slot)
{
    struct buffer name = {0}, office = {0}, role = {0};

    if (name_role_split(slot->name, strlen(slot->name), &name, &office) ||
        split_at_blank(span_string(slot->name), &name, &office)) {
        buffer_append_string(&role, slot->role);
        buffer_append_string(&role, "、");
        buffer_append(&role, office.data, office.bytes);
        free(slot->name);
        free(slot->role);
        slot->name = buffer_take(&name);
        slot->role = buffer_take(&role);
    }
    buffer_release(&name);
    buffer_release(&office);
    buffer_release(&role);
}

uint32_t record_speaker_of(struct record *r, struct reader_context *context,
                           const struct survey_candidate *c)
{
    const struct survey_block *b = block_at(r, c->block);
    struct speaker_of_label *slot;
    struct span name = block_part(b, c->name_byte, c->name_end);
    struct span role = block_part(b, c->role_byte, c->role_end);
    const struct roster_person *person;
    uint32_t full;

    if (c->label == SURVEY_NONE)
        return SPEAKER_NONE;
    full = survey_person(&r->survey, c->label);
    record_speaker_slot(r, full);
    slot = record_speaker_slot(r, c->label);
    if (survey_is_unknown(&r->survey, c->label))
        return SPEAKER_NONE;
    if (slot->speaker == SPEAKER_NONE && full != c->label)
        slot->speaker = record_speaker_slot(r, full)->speaker;
    if (slot->speaker != SPEAKER_NONE && full != c->label)
        return slot->speaker;
    if (slot->speaker != SPEAKER_NONE && (role.length == 0 || slot->role != NULL)) {
        if (role.length > 0 && c->role_end >= c->label_end &&
            memchr(role.data, ')', role.length) != NULL)
            record_kept_note_role(r, b, role); /* (LIB), question */
        return slot->speaker;
    }
    person = roster_person_of(&r->roster, c->label);
    if (slot->name == NULL && person != NULL && person->shortened)
        slot->name = memory_strdup(person->name);
    if (slot->role == NULL && role.length == 0 && person != NULL && person->role != NULL)
        slot->role = memory_strdup(person->role);
    if (slot->name == NULL) {
        name = without_number(&r->survey.labels[c->label], name);
        slot->name = record_speaker_tidy(name);
    }
    if (role.length > 0) {
        free(slot->role);
        slot->role = tidy_role(role);
        take_inner_office(slot);
    }
    if (slot->role != NULL)
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    else if (!r->choice.timed && holder_of(r, slot->name) != SPEAKER_NONE)
        slot->speaker = holder_of(r, slot->name);
    else if (bearer_of(r, span_string(slot->name)) != SPEAKER_NONE)
        slot->speaker = bearer_of(r, span_string(slot->name));
    else
        slot->speaker = emit_speaker(context, slot->name, strlen(slot->name));
    return slot->speaker;
}

uint32_t record_speaker_unnamed(const struct record *r, struct reader_context *context,
                                bool asks)
{
    if (!asks && r->witness != NULL)
        return drafts_speaker(context->drafts, &(struct speaker_label){.name = r->witness});
    return drafts_speaker(context->drafts,
                          &(struct speaker_label){.name = !asks                 ? "A"
                                                          : r->asks_in_emphasis ? "Q"
                                                                                : "――"});
}

bool record_speaker_take_role(struct record *r, struct reader_context *context,
                              const struct survey_block *b)
{
    struct speaker_of_label *slot = record_speaker_slot(r, r->label);
    struct span role = b->text;

    if (block_begins_in_bracket(role) && block_ends_in_bracket(role) && (*role.data == '('))
        role = span_of(role.data + 1, role.length - 2);
    /* "The Secretary of State", with the name in brackets below it. */
    if (role.length < b->text.length && slot->name != NULL && slot->role == NULL &&
        strncmp(slot->name, "The ", 4) == 0 && vocabulary_has_title(span_string(slot->name)) &&
        !vocabulary_has_title(role)) {
        slot->role = slot->name;
        slot->name = record_speaker_tidy(role);
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    } else if (slot->role == NULL && slot->name != NULL) {
        slot->role = tidy_role(role);
        slot->speaker = drafts_speaker(
            context->drafts, &(struct speaker_label){.name = slot->name, .role = slot->role});
    }
    buffer_append_char(&r->lone_label, ' ');
    buffer_append(&r->lone_label, b->text.data, b->text.length);
    record_kept_block(r);
    return true;
}

void record_speaker_forget(struct record *r)
{
    size_t i;

    for (i = 0; i < r->speaker_count; i++) {
        free(r->speakers[i].name);
        free(r->speakers[i].role);
    }
    r->speaker_count = 0;
}
