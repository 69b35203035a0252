/* Lists of the people present.
 *
 * Invariant: names and roles are as printed, with one blank between words. */
#include "formats/records/people/roster.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/records/line/vocabulary.h"
#include "formats/records/people/short_names.h"
#include "shilu/base/memory.h"
#include "shilu/text/utf8.h"

enum {
    HEADING_BYTES_MAX = 48,
    ENTRY_COLUMNS_MAX = 70,
    PEOPLE_MAX = 200,
    WORDS_MAX = 8,
    LETTER_BYTES = 3
};

/* The heading of such a list: in lower case, without blanks. */
static bool is_list_name(struct span text)
{
    static const char *const names[] = {"present",
                                        "alsopresent",
                                        "memberspresent",
                                        "attendees",
                                        "attendance",
                                        "inattendance",
                                        "attended",
                                        "participants",
                                        "participant",
                                        "anwesend",
                                        "anwesende",
                                        "teilnehmer",
                                        "teilnehmende",
                                        "teilnehmerinnen",
                                        "présents",
                                        "présent",
                                        "étaientprésents",
                                        "asistentes",
                                        "participantes",
                                        "presentes",
                                        "asistencia",
                                        "presenti",
                                        "partecipanti",
                                        "aanwezig",
                                        "aanwezigen",
                                        "närvarande",
                                        "tilstede",
                                        "obecni",
                                        "присутствовали",
                                        "出席",
                                        "出席者",
                                        "出席人員",
                                        "出席人员",
                                        "出席委員",
                                        "出席委员",
                                        "出席議員",
                                        "参加者",
                                        "参加人员",
                                        "參加人員",
                                        "参会人员",
                                        "參會人員",
                                        "与会人员",
                                        "與會人員",
                                        "登壇者",
                                        "出演者",
                                        "参加",
                                        "참석",
                                        "참석자",
                                        "출석",
                                        "출석자",
                                        "참가자",
                                        NULL};
    char key[HEADING_BYTES_MAX];
    size_t used = 0;
    size_t i;

    for (i = 0; i < text.length; i++) {
        char c = text.data[i];

        if (c == ' ' || c == '\t')
            continue;
        if (used == sizeof key)
            return false;
        key[used++] = c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
    }
    return span_is_any(span_of(key, used), names);
}

/* What a part in a conversation is called, above the record: "INTERVIEWEE: Ruth Alder". */
static bool is_part(struct span name)
{
    static const char *const parts[] = {
        "interviewee",  "interviewer",    "narrator",        "respondent",
        "moderator",    "host",           "guest",           "entrevistado",
        "entrevistada", "entrevistador",  "entrevistadora",  "intervistato",
        "intervistata", "intervistatore", "intervistatrice", NULL};

    return span_is_any_case(name, parts);
}

enum heading { HEADS_NOTHING, HEADS_LIST, HEADS_PART };

/* What a block heads, and what is before its colon and after it. */
static enum heading heading_of(const struct survey_block *b, struct buffer *name,
                               struct span *value)
{
    struct folded f;
    struct label_place place;
    struct span text;
    size_t colon;

    buffer_clear(name);
    folded_front(&f, b->text, b->start_byte);
    for (colon = 0; colon < f.count && f.cp[colon] != ':'; colon++)
        continue;
    if (colon == f.count && !f.whole)
        return HEADS_NOTHING;
    *value = colon < f.count ? folded_trim(span_skip(b->text, f.at[colon + 1]))
                             : span_of(b->text.data, 0);
    place = label_trim(&f, (struct label_place){0, colon});
    label_append(&f, place, name);
    text = span_of(buffer_string(name), name->bytes);
    return is_list_name(text)                 ? HEADS_LIST
           : is_part(text) && colon < f.count ? HEADS_PART
                                              : HEADS_NOTHING;
}

bool roster_heads_list(const struct survey_block *b)
{
    struct buffer name = {0};
    struct span value;
    bool heads = heading_of(b, &name, &value) == HEADS_LIST;

    buffer_release(&name);
    return heads;
}

/* ------------------------------------------------------------------ people */

static char *tidy(struct span text)
{
    struct buffer out = {0};

    emit_squeeze(&out, text.data, text.length);
    return buffer_take(&out);
}

/* 会長ほか8名, 委員長等七人, 위원장 외 6명: a number of people without names. */
static bool is_number_of_people(struct span name)
{
    static const char *const others[] = {"ほか", "他", "等", " 외 ", "以下"};
    static const char *const counts[] = {"名", "人", "명", "位"};
    bool any = false, ends = false;
    size_t i;

    for (i = 0; i < sizeof others / sizeof *others; i++)
        any |= memmem(name.data, name.length, others[i], strlen(others[i])) != NULL;
    for (i = 0; i < sizeof counts / sizeof *counts; i++)
        ends |= span_ends_with(name, counts[i]);
    return any && ends;
}

static void add_person(struct roster *roster, struct span name, struct span role)
{
    if (is_number_of_people(name))
        return;
    if (roster->count == PEOPLE_MAX || folded_trim(name).length == 0)
        return;
    MEMORY_RESERVE(roster->people, roster->capacity, roster->count + 1);
    roster->people[roster->count++] = (struct roster_person){
        .name = tidy(folded_trim(name)),
        .role = folded_trim(role).length > 0 ? tidy(folded_trim(role)) : NULL,
        .label = SURVEY_NONE};
}

static void add_entry(struct roster *roster, struct span entry);

/* What stands before the colon, unless it only names a field: 記錄, 列席者. */
static struct span part_before_colon(struct span name)
{
    bool field = vocabulary_fact(name) != FACT_NONE && !vocabulary_has_host(name) &&
                 !vocabulary_has_title(name);

    return field ? span_of(name.data, 0) : name;
}

/* 司会：折原圭, after others on the line. False without a colon. */
static bool add_by_colon(struct roster *roster, struct span entry)
{
    static const char *const colons[] = {"：", ":"};
    size_t i;

    for (i = 0; i < sizeof colons / sizeof *colons; i++) {
        const char *colon = memmem(entry.data, entry.length, colons[i], strlen(colons[i]));
        size_t at = colon != NULL ? (size_t)(colon - entry.data) : 0;

        if (at == 0)
            continue;
        add_person(roster, span_skip(entry, at + strlen(colons[i])),
                   part_before_colon(folded_trim(span_of(entry.data, at))));
        return true;
    }
    return false;
}

/* 司会　村瀬 洋一, 村瀬洋一	司会: office and name, with a wide gap between them. */
static bool add_by_gap(struct roster *roster, struct span entry)
{
    static const char *const gaps[] = {"\xE3\x80\x80", "\t", "  "};
    size_t i;

    for (i = 0; i < sizeof gaps / sizeof *gaps; i++) {
        const char *gap = memmem(entry.data, entry.length, gaps[i], strlen(gaps[i]));
        struct span left, right;

        if (gap == NULL)
            continue;
        left = folded_trim(span_of(entry.data, (size_t)(gap - entry.data)));
        right = folded_trim(span_skip(entry, (size_t)(gap - entry.data)));
        if (left.length == LETTER_BYTES && (*left.data & 0x80) != 0 &&
            add_by_colon(roster, entry)) /* 기    록 : 변지우, one word set apart */
            return true;
        if (left.length > 0 && add_by_colon(roster, right)) {
            add_entry(roster, left);
            return true;
        }
        if (vocabulary_has_title(left) == vocabulary_has_title(right))
            continue;
        if (vocabulary_has_title(left))
            add_person(roster, right, left);
        else
            add_person(roster, left, right);
        return true;
    }
    return false;
}

/* Length of a sign that separates people on one line, outside brackets; 0 for none. */
static size_t separator_bytes(struct span rest, bool semicolons)
{
    static const char *const wide[] = {"、", "；", "，", "･", "・"};
    size_t i;

    if (*rest.data == ';')
        return 1;
    if (semicolons)
        return span_starts_with(rest, "；") ? 3 : 0;
    if (*rest.data == ',')
        return 1;
    for (i = 0; i < sizeof wide / sizeof *wide; i++)
        if (span_starts_with(rest, wide[i]))
            return strlen(wide[i]);
    return 0;
}

/* How a bracket at the front changes the nesting depth. */
static int bracket_step(struct span rest, int depth)
{
    if (*rest.data == '(' || span_starts_with(rest, "（"))
        return 1;
    return depth > 0 && (*rest.data == ')' || span_starts_with(rest, "）")) ? -1 : 0;
}

static bool holds_separator(struct span text)
{
    int depth = 0;
    size_t at;

    for (at = 0; at < text.length; at++) {
        struct span rest = span_skip(text, at);

        if (depth == 0 && separator_bytes(rest, false) > 0)
            return true;
        depth += bracket_step(rest, depth);
    }
    return false;
}

/* "Anna Brandl, Vorsitzende": an office follows the only comma. */
static bool has_office_behind_comma(struct span line)
{
    size_t comma = span_find(line, ',');
    struct span behind = folded_trim(span_skip(line, comma + 1));

    return comma < line.length && span_find(behind, ',') == behind.length &&
           memchr(behind.data, ';', behind.length) == NULL && vocabulary_has_title(behind) &&
           !vocabulary_has_title(span_of(line.data, comma));
}

/* "Amy Stark (D) and": without the word that leads to the next line. */
static struct span without_joint(struct span entry)
{
    static const char *const joints[] = {";", " and", " und", " et", " y", " e"};
    size_t i;

    for (i = 0; i < sizeof joints / sizeof *joints; i++)
        if (span_ends_with(entry, joints[i]))
            entry = folded_trim(span_of(entry.data, entry.length - strlen(joints[i])));
    return entry;
}

static void add_people(struct roster *roster, struct span list);

/* 古賀千尋（書店主）, 織部文（おりべ・ふみ）: after an East Asian name, brackets hold an
 * occupation or the reading of the name. */
static void split_entry(const struct folded *f, struct label_place place,
                        struct label_parts *parts)
{
    struct label_place inside;
    bool kana = true;
    size_t open = place.start;
    size_t i;

    while (open < place.end && f->cp[open] != '(')
        open++;
    if (f->cp[place.end - 1] != ')' || open == place.start || open + 2 >= place.end ||
        !folded_is_cjk(f->cp[place.start]))
        return;
    inside = (struct label_place){open + 1, place.end - 1};
    for (i = inside.start; i < inside.end; i++)
        kana &= (f->cp[i] >= 0x3040 && f->cp[i] <= 0x30FF) || !folded_is_letter(f->cp[i]);
    parts->name = (struct label_place){place.start, open};
    if (!kana)
        parts->role = inside;
}

/* One or several people: "Anna Bianchi (Chair)", "Anna Bianchi, Chair", 村瀬洋一（司会）. */
static void add_entry(struct roster *roster, struct span entry)
{
    struct label_context context = {.bracketed = true};
    struct label_parts parts;
    struct label_place place;
    struct folded f;
    float shape;

    entry = without_joint(folded_trim(entry));
    if (entry.length == 0 || folded_columns(entry) > ENTRY_COLUMNS_MAX ||
        add_by_gap(roster, entry) || add_by_colon(roster, entry))
        return;
    folded_front(&f, entry, 0);
    place = label_trim(&f, (struct label_place){0, f.count});
    if (!f.whole || place.end <= place.start || !label_shape(&f, place, &context, &shape))
        return;
    label_split(&f, place, &context, &parts);
    if (parts.role.end <= parts.role.start && holds_separator(entry)) {
        add_people(roster, entry);
        return;
    }
    if (parts.role.end <= parts.role.start)
        split_entry(&f, place, &parts);
    add_person(roster,
               span_of(entry.data + f.at[parts.name.start],
                       f.at[parts.name.end] - f.at[parts.name.start]),
               span_of(entry.data + f.at[parts.role.start],
                       parts.role.end > parts.role.start
                           ? f.at[parts.role.end] - f.at[parts.role.start]
                           : 0));
}

/* "Anna Bianchi (Chair), Omar Reyes": the people of one line. */
static void add_people(struct roster *roster, struct span list)
{
    bool semicolons = memchr(list.data, ';', list.length) != NULL || span_contains(list, "；");
    size_t start = 0, at = 0;
    int depth = 0;

    if (list.length > 0 && list.data[list.length - 1] == '.')
        list.length--;
    while (at < list.length) {
        struct span rest = span_skip(list, at);
        size_t bytes = depth == 0 ? separator_bytes(rest, semicolons) : 0;

        depth += bracket_step(rest, depth);
        if (bytes == 0) {
            at++;
            continue;
        }
        add_entry(roster, span_of(list.data + start, at - start));
        at += bytes;
        start = at;
    }
    add_entry(roster, span_of(list.data + start, list.length - start));
}

/* 한보라 위원(이상 3명), 葛委員（以上三名）: how many they are, after the last of them. */
static struct span without_count(struct span line)
{
    static const char *const opens[] = {"(이상", "（이상", "(以上", "（以上", "(총",  "（총",
                                        "(共",   "（共",   "(計",   "（計",   "(計 ", "（计"};
    size_t i;

    if (!span_ends_with(line, ")") && !span_ends_with(line, "）"))
        return line;
    for (i = 0; i < sizeof opens / sizeof *opens; i++) {
        const char *open = memmem(line.data, line.length, opens[i], strlen(opens[i]));

        if (open != NULL && open > line.data)
            return folded_trim(span_of(line.data, (size_t)(open - line.data)));
    }
    return line;
}

static void add_line(struct roster *roster, struct span line)
{
    line = without_count(line);
    buffer_append(&roster->text, line.data, line.length);
    buffer_append_char(&roster->text, '\n');
    if (holds_separator(line) && !has_office_behind_comma(line))
        add_people(roster, line);
    else
        add_entry(roster, line);
}

/* "INTERVIEWER: Tom Vale with Ann Lee": names, and the part that their bearers have. */
static void add_part(struct roster *roster, struct span names, struct span part)
{
    static const char *const joints[] = {" with ", " and ", " y ", " e ", " et ", " und "};
    size_t before = roster->count;
    size_t i;

    while (names.length > 0) {
        struct span name = names;

        for (i = 0; i < sizeof joints / sizeof *joints; i++) {
            const char *at = memmem(name.data, name.length, joints[i], strlen(joints[i]));

            if (at != NULL)
                name.length = (size_t)(at - name.data);
        }
        add_line(roster, name);
        names = span_skip(names, name.length);
        if (names.length > 0) /* the joint */
            names = span_skip(names, 1 + span_find(span_skip(names, 1), ' '));
    }
    for (; before < roster->count; before++)
        if (roster->people[before].role == NULL)
            roster->people[before].role = tidy(part);
}

/* ------------------------------------------------------------------ matching labels */

struct words {
    struct span word[WORDS_MAX];
    size_t count;
};

/* The words of a name, without preceding forms of address and offices. */
static struct words words_of(struct span name)
{
    struct words w = {.count = 0};

    while (name.length > 0 && w.count < WORDS_MAX) {
        struct span word = span_take_until(&name, ' ');

        if (word.length == 0)
            continue;
        if (w.count == 0 && name.length > 0 &&
            (word.data[word.length - 1] == '.' || vocabulary_has_title(word)))
            continue;
        w.word[w.count++] = word;
    }
    return w;
}

/* "Frau Czerny" stays as printed: the name from the list would lose a word. */
static bool is_addressed(struct span label)
{
    size_t words = 0;
    size_t i;

    for (i = 0; i < label.length; i++)
        words += label.data[i] != ' ' && (i == 0 || label.data[i - 1] == ' ');
    return words > words_of(label).count;
}

static bool same_word(struct span a, struct span b)
{
    return a.length == b.length && strncasecmp(a.data, b.data, a.length) == 0;
}

static bool are_words_at(const struct words *part, const struct words *all, size_t from)
{
    size_t i;

    if (from + part->count > all->count)
        return false;
    for (i = 0; i < part->count; i++)
        if (!same_word(part->word[i], all->word[from + i]))
            return false;
    return true;
}

static bool holds_east_asian(struct span text)
{
    size_t i;

    for (i = 0; i < text.length; i++)
        if ((unsigned char)text.data[i] >= 0xE3 && (unsigned char)text.data[i] <= 0xED)
            return true;
    return false;
}

/* The text without blanks between the letters. */
static struct span closed(struct span text, struct buffer *out)
{
    size_t i;

    buffer_clear(out);
    for (i = 0; i < text.length; i++)
        if (text.data[i] != ' ')
            buffer_append_char(out, text.data[i]);
    return span_of(buffer_string(out), out->bytes);
}

enum likeness { OTHER, PART, WHOLE };

static enum likeness compare_east_asian(struct span label, struct span name)
{
    struct buffer left = {0}, right = {0};
    struct span part = closed(label, &left);
    struct span all = closed(name, &right);
    size_t blank = span_find(name, ' ');
    bool family = blank < name.length && part.length == blank &&
                  memcmp(part.data, name.data, blank) == 0;
    enum likeness likeness = OTHER;

    if (span_equal(part, all))
        likeness = WHOLE;
    else if (!vocabulary_has_title(label) &&
             (family ||
              (part.length >= 6 && part.length < all.length &&
               (memcmp(all.data, part.data, part.length) == 0 ||
                memcmp(all.data + all.length - part.length, part.data, part.length) == 0))))
        likeness = PART;
    buffer_release(&left);
    buffer_release(&right);
    return likeness;
}

static bool begins_with_capital(struct span word)
{
    uint32_t cp;

    utf8_decode(word.data, word.length, &cp);
    return folded_is_upper(cp);
}

static enum likeness compare_names(struct span label, struct span name)
{
    struct words part, all;

    if (holds_east_asian(label))
        return compare_east_asian(label, name);
    part = words_of(label);
    all = words_of(name);
    if (part.count == 0 || all.count == 0 || part.word[0].length < 2)
        return OTHER;
    if (part.count == all.count)
        return are_words_at(&part, &all, 0) ? WHOLE : OTHER;
    if (!begins_with_capital(all.word[0]) || !begins_with_capital(all.word[all.count - 1]))
        return OTHER; /* "the smith and his neighbours" */
    return are_words_at(&part, &all, 0) ||
                   (part.count < all.count && are_words_at(&part, &all, all.count - part.count))
               ? PART
               : OTHER;
}

/* The name in a label, as printed. */
static struct span name_of_label(const struct survey *s, uint32_t label)
{
    struct span whole = s->labels[label].whole;
    struct label_context context = {.bracketed = true};
    struct label_parts parts;
    struct folded f;

    folded_front(&f, whole, 0);
    if (!f.whole)
        return whole;
    label_split(&f, (struct label_place){0, f.count}, &context, &parts);
    return span_of(whole.data + f.at[parts.name.start],
                   f.at[parts.name.end] - f.at[parts.name.start]);
}

/* "DP" for "Dean Portis". */
static bool are_initials(struct span label, struct span name)
{
    size_t at = 0;

    while (name.length > 0) {
        struct span word = span_take_until(&name, ' ');

        if (word.length == 0)
            continue;
        if (at == label.length || *word.data != label.data[at] ||
            !(*word.data >= 'A' && *word.data <= 'Z'))
            return false;
        at++;
    }
    return at > 1 && at == label.length;
}

/* "Dean Portis (DP)": what is in the brackets at its end; *name is what precedes them. */
static struct span take_bracket(struct span *name)
{
    const char *open = memrchr(name->data, '(', name->length);
    struct span inside = span_of(name->data, 0);

    if (open == NULL || !span_ends_with(*name, ")"))
        return inside;
    inside = folded_trim(span_of(open + 1, (size_t)(name->data + name->length - open) - 2));
    *name = folded_trim(span_of(name->data, (size_t)(open - name->data)));
    return inside;
}

bool roster_label_means(const struct survey *s, uint32_t label, struct span name)
{
    struct span own = name_of_label(s, label);
    struct span short_form = take_bracket(&name);

    return own.length > 0 && (span_equal(own, short_form) || span_equal(own, name) ||
                              are_initials(own, name) || compare_names(own, name) != OTHER);
}

/* Whether the last word of a label occurs once in the lists, including entries that were not
 * understood. */
static bool is_printed_once(const struct roster *roster, struct span label)
{
    struct span rest = span_of(buffer_string(&roster->text), roster->text.bytes);
    struct span word = label;
    size_t times = 0;
    const char *at;

    while (span_find(word, ' ') < word.length)
        word = span_skip(word, span_find(word, ' ') + 1);
    if (word.length == 0)
        return false;
    while ((at = memmem(rest.data, rest.length, word.data, word.length)) != NULL) {
        rest = span_skip(rest, (size_t)(at - rest.data) + word.length);
        times++;
    }
    return times <= 1; /* zero times: in another grammatical case */
}

/* The only person that a label can mean; roster->count for none or several. */
static size_t find_person(const struct roster *roster, struct span label,
                          enum likeness *likeness)
{
    size_t parts = 0, found = roster->count;
    size_t i;

    *likeness = OTHER;
    for (i = 0; i < roster->count; i++) {
        enum likeness how = compare_names(label, span_string(roster->people[i].name));

        if (how == OTHER)
            continue;
        if (how == WHOLE) {
            *likeness = WHOLE;
            return i;
        }
        parts++;
        found = i;
        *likeness = PART;
    }
    return parts == 1 && is_printed_once(roster, label) ? found : roster->count;
}

/* The one person whose part a label is: "Interviewee". roster->count for none, or several. */
static size_t find_part(const struct roster *roster, struct span label)
{
    size_t found = roster->count;
    size_t i;

    for (i = 0; is_part(label) && i < roster->count; i++) {
        const char *role = roster->people[i].role;

        if (role == NULL || strlen(role) != label.length ||
            strncasecmp(role, label.data, label.length) != 0)
            continue;
        if (found < roster->count)
            return roster->count;
        found = i;
    }
    return found;
}

/* 财务总监 苗可, where 苗可 is a label: what is beside it is the office. */
static bool take_office_beside(struct roster_person *person, struct span label)
{
    struct span all = span_string(person->name);
    size_t blank = span_find(all, ' ');
    struct span front = span_of(all.data, blank);
    struct span back = blank < all.length ? span_skip(all, blank + 1) : span_of(all.data, 0);
    struct span office = span_equal(back, label) ? front : back;

    if (person->role != NULL || !(span_equal(front, label) || span_equal(back, label)) ||
        !short_names_are_office_and_name(office, label))
        return false;
    person->role = tidy(office);
    free(person->name);
    person->name = tidy(label);
    return true;
}

/* Two labels may each be part of one name; then it is unknown which of them is that person. */
static void join(struct roster *roster, const struct survey *s, const struct choice *choice)
{
    bool *whole = memory_zalloc(roster->count + 1, sizeof *whole);
    bool *several = memory_zalloc(roster->count + 1, sizeof *several);
    uint32_t label;
    size_t i;

    for (label = 0; label < s->label_count; label++) {
        enum likeness likeness;
        struct roster_person *person;

        if (choice->counts[label] == 0 || s->labels[label].mark != LABEL_OF_NONE)
            continue;
        i = find_part(roster, s->labels[label].whole);
        if (i < roster->count) {
            whole[i] = true;
            roster->people[i].label = label;
            roster->people[i].shortened = true;
            continue;
        }
        i = find_person(roster, name_of_label(s, label), &likeness);
        if (i == roster->count)
            continue;
        person = &roster->people[i];
        if (likeness == PART && take_office_beside(person, name_of_label(s, label)))
            likeness = WHOLE;
        if (likeness == WHOLE || (person->label == SURVEY_NONE && !whole[i])) {
            person->label = label;
            person->shortened = likeness == PART && !is_addressed(name_of_label(s, label));
        } else if (!whole[i])
            several[i] = true;
        whole[i] |= likeness == WHOLE;
    }
    for (i = 0; i < roster->count; i++)
        if (several[i] && !whole[i])
            roster->people[i].label = SURVEY_NONE;
    free(whole);
    free(several);
}

void roster_find(struct roster *roster, const struct survey *s, const struct choice *choice)
{
    struct buffer name = {0};
    struct span value;
    size_t i, k;

    for (i = 0; i < s->block_count && i < choice->first; i++) {
        enum heading heading = s->blocks[i].ends_sentence
                                   ? HEADS_NOTHING
                                   : heading_of(&s->blocks[i], &name, &value);

        if (heading == HEADS_PART && value.length > 0)
            add_part(roster, value, span_of(buffer_string(&name), name.bytes));
        if (heading == HEADS_PART && value.length == 0) { /* one line, below */
            if (i + 1 < choice->first && !s->blocks[i + 1].gap &&
                !s->blocks[i + 1].ends_sentence)
                add_part(roster, s->blocks[i + 1].text,
                         span_of(buffer_string(&name), name.bytes));
        }
        if (heading != HEADS_LIST)
            continue;
        if (value.length > 0)
            add_line(roster, value);
        for (k = i + 1;
             k < choice->first && !s->blocks[k].ends_sentence && !s->blocks[k].only_time &&
             heading_of(&s->blocks[k], &name, &value) == HEADS_NOTHING &&
             (!s->blocks[k].gap || (k == i + 1 && roster->count == 0));
             k++)
            add_line(roster, span_skip(s->blocks[k].text, s->blocks[k].start_byte));
        i = k - 1;
    }
    buffer_release(&name);
    join(roster, s, choice);
}

void roster_release(struct roster *roster)
{
    size_t i;

    for (i = 0; i < roster->count; i++) {
        free(roster->people[i].name);
        free(roster->people[i].role);
    }
    free(roster->people);
    buffer_release(&roster->text);
    *roster = (struct roster){0};
}

const struct roster_person *roster_person_of(const struct roster *roster, uint32_t label)
{
    size_t i;

    for (i = 0; i < roster->count; i++)
        if (roster->people[i].label == label)
            return &roster->people[i];
    return NULL;
}
