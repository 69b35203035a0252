/* JSON evidence. Lists are short here, so comparing every value with every other is fine. */
#include "formats/json/survey/json_evidence.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "formats/json/json_text.h"
#include "formats/json/json_value.h"

enum { FLAG_NAME_BYTES = 32 };

struct json_ref json_follow(struct json_ref element, const char *path)
{
    struct span rest = span_string(path);

    while (rest.length > 0 && element.node != NULL) {
        struct span step = span_take_until(&rest, '.');
        size_t bytes = span_find(step, '[');

        if (bytes > 0)
            element = json_get_span(element, span_of(step.data, bytes));
        for (; bytes + 1 < step.length; bytes += span_find(span_skip(step, bytes), ']') + 1)
            element = step.data[bytes + 1] == '-'
                          ? json_at(element, json_count(element) - 1)
                          : json_at(element, (size_t)(step.data[bytes + 1] - '0'));
    }
    return element;
}

/* ------------------------------------------------------------------------ times */

static bool is_moment(struct json_ref value)
{
    enum json_time_kind kind = json_value_time(value).kind;

    return kind == JSON_TIME_NUMBER || kind == JSON_TIME_EXACT || kind == JSON_TIME_WALL;
}

static double moment_of(struct json_ref value)
{
    struct json_time time = json_value_time(value);

    return time.kind == JSON_TIME_NUMBER ? time.number : (double)time.ms + 40.0 * time.frames;
}

/* Numbers that are counts would repeat before they end. */
bool json_are_times(struct json_ref array, const char *start, const char *end)
{
    struct json_ref item;
    double before = -1;
    size_t lasting = 0;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        struct json_ref from = json_follow(item, start);
        struct json_ref to = json_follow(item, end);

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!is_moment(from) || !is_moment(to) || moment_of(to) < moment_of(from) ||
            moment_of(from) < before)
            return false;
        before = (moment_of(from) + moment_of(to)) / 2;
        lasting += moment_of(to) > moment_of(from);
    }
    if (seen > JSON_EVIDENCE_SAMPLE)
        seen = JSON_EVIDENCE_SAMPLE;
    return lasting > 0 && lasting * 4 >= seen * 3;
}

static size_t letter_count(struct span text)
{
    size_t count = 0;
    size_t i;

    for (i = 0; i < text.length; i++)
        count += ((unsigned char)text.data[i] & 0xc0) != 0x80;
    return count;
}

bool json_are_offsets(struct json_ref array, const char *start, const char *end,
                      const char *text)
{
    struct json_ref item;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        double from, to;
        struct span words = json_string(json_follow(item, text));

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_number(json_follow(item, start), &from) ||
            !json_number(json_follow(item, end), &to) || words.length == 0 ||
            (to - from != (double)letter_count(words) && to - from != (double)words.length))
            return false;
    }
    return seen > 1;
}

bool json_lengths_differ(struct json_ref array, const char *start, const char *end,
                         const char *length)
{
    static const double SPREAD_MAX = 1.5;
    struct json_ref item;
    double least = INFINITY;
    double most = 0;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        double from, to, lasting;

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_number(json_follow(item, start), &from) ||
            !json_number(json_follow(item, end), &to) ||
            !json_number(json_follow(item, length), &lasting) || to <= from || lasting <= 0)
            continue;
        least = fmin(least, (to - from) / lasting);
        most = fmax(most, (to - from) / lasting);
    }
    return most > least * SPREAD_MAX && least > SPREAD_MAX && json_differ(array, length);
}

bool json_are_moments(struct json_ref array, const char *path)
{
    struct json_ref item;
    double before = 0;
    size_t seen = 0;
    size_t steps = 0; /* by exactly one */
    size_t later = 0;

    JSON_EACH(item, array)
    {
        struct json_ref value = json_follow(item, path);

        if (seen == JSON_EVIDENCE_SAMPLE)
            break;
        if (!is_moment(value) || (seen > 0 && moment_of(value) < before))
            return false;
        later += seen > 0 && moment_of(value) > before;
        steps += seen > 0 && moment_of(value) - before == 1;
        before = moment_of(value);
        seen++;
    }
    return later > 0 && steps + 1 < seen;
}

bool json_are_clocks(struct json_ref array, const char *path)
{
    struct json_ref item;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        struct span text = json_string(json_follow(item, path));

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (span_find(text, ':') == text.length)
            return false;
    }
    return json_are_moments(array, path);
}

/* ------------------------------------------------------------------------ words */

size_t json_letters_at(struct json_ref array, const char *path, size_t *again)
{
    struct json_ref item, other;
    size_t letters = 0;
    size_t seen = 0;

    *again = 0;
    JSON_EACH(item, array)
    {
        struct json_ref value = json_follow(item, path);

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_is(value, JSON_STRING))
            return 0;
        letters += json_string(value).length;
        JSON_EACH(other, array)
        {
            if (other.node == item.node ||
                span_equal(json_string(json_follow(other, path)), json_string(value)))
                break;
        }
        *again += other.node != item.node;
    }
    return letters;
}

bool json_are_sentences(struct json_ref array, const char *path)
{
    struct json_ref item;
    size_t seen = 0;
    size_t texts = 0;
    size_t ended = 0;

    JSON_EACH(item, array)
    {
        struct span text = span_trim(json_string(json_follow(item, path)));

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        texts += text.length > 0;
        ended += text.length > 0 && (json_text_ends_sentence(text) || json_text_is_html(text));
    }
    return texts > 0 && ended * 3 >= texts * 2;
}

bool json_differ(struct json_ref array, const char *path)
{
    struct span first = json_raw(json_follow(json_first(array), path));
    struct json_ref item;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!span_equal(json_raw(json_follow(item, path)), first))
            return true;
    }
    return false;
}

static bool ends_with_any(struct span name, const char *const *ends)
{
    char tidy[48];
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < name.length && bytes < sizeof tidy; i++) {
        if (isalpha((unsigned char)name.data[i]))
            tidy[bytes++] = (char)tolower((unsigned char)name.data[i]);
    }
    for (i = 0; ends[i] != NULL && !span_ends_with(span_of(tidy, bytes), ends[i]); i++)
        continue;
    return ends[i] != NULL;
}

bool json_person_names(struct json_ref who, struct span *first, struct span *last)
{
    static const char *const firsts[] = {"firstname", "givenname", "forename", "vorname",
                                         "fornamn",   "prenom",    "fornavn",  "etunimi",
                                         "nombre",    NULL};
    static const char *const lasts[] = {"lastname",  "surname",   "familyname", "nachname",
                                        "efternamn", "efternavn", "apellido",   "apellidos",
                                        "sukunimi",  NULL};
    static const char *const wholes[] = {"fullname", "displayname", "personname", NULL};
    struct json_ref member;
    bool whole = json_string(json_get(who, "name")).length > 0;

    *first = *last = span_of("", 0);
    if (!json_is(who, JSON_OBJECT))
        return false;
    JSON_EACH(member, who)
    {
        if (first->length == 0 && ends_with_any(json_name(member), firsts))
            *first = json_string(member);
        if (last->length == 0 && ends_with_any(json_name(member), lasts))
            *last = json_string(member);
        whole |= ends_with_any(json_name(member), wholes) && json_is(member, JSON_STRING) &&
                 span_find(json_string(member), ' ') < json_string(member).length;
    }
    return last->length > 0 && (first->length > 0 || !whole);
}

/* ------------------------------------------------------------------------ voices */

/* What programs call the two sides of a conversation. `other` is the name of the second side if
 * only the first has one. */
static const struct {
    const char *name;
    const char *shown;
    const char *other;
} voices[] = {
    {"user", "User", "Assistant"},
    {"human", "Human", "Assistant"},
    {"assistant", "Assistant", "User"},
    {"bot", "Bot", "User"},
    {"chatbot", "Bot", "User"},
    {"ai", "AI", "User"},
    {"gpt", "GPT", "User"},
    {"chatgpt", "ChatGPT", "User"},
    {"model", "Model", "User"},
    {"system", "System", "User"},
    {"tool", NULL, NULL},
    {"function", NULL, NULL},
    {"agent", "Agent", "Customer"},
    {"operator", "Operator", "Customer"},
    {"rep", "Rep", "Customer"},
    {"advisor", "Advisor", "Customer"},
    {"customer", "Customer", "Agent"},
    {"client", "Client", "Agent"},
    {"caller", "Caller", "Agent"},
    {"callee", "Callee", "Caller"},
    {"visitor", "Visitor", "Agent"},
    {"prospect", "Prospect", "Rep"},
    {"buyer", "Buyer", "Seller"},
    {"seller", "Seller", "Buyer"},
    {"internal", "Internal", "External"},
    {"external", "External", "Internal"},
    {"inbound", "Inbound", "Outbound"},
    {"outbound", "Outbound", "Inbound"},
    {"local", "Local", "Remote"},
    {"remote", "Remote", "Local"},
    {"host", "Host", "Guest"},
    {"guest", "Guest", "Host"},
    {"interviewer", "Interviewer", "Interviewee"},
    {"interviewee", "Interviewee", "Interviewer"},
    {"candidate", "Candidate", "Interviewer"},
    {"moderator", "Moderator", "Speaker"},
    {"doctor", "Doctor", "Patient"},
    {"patient", "Patient", "Doctor"},
    {"therapist", "Therapist", "Client"},
    {"teacher", "Teacher", "Student"},
    {"tutor", "Tutor", "Student"},
    {"student", "Student", "Teacher"},
    {"me", "Me", "Other"},
    {"self", "Me", "Other"},
    {"mine", "Me", "Other"},
    {"you", "You", "Other"},
};

enum { VOICE_COUNT = sizeof voices / sizeof *voices };

/* The role in an object that identifies a speaker: "author": {"role": "user"} */
static struct span role_in(struct json_ref who)
{
    struct json_ref role = json_value_get_either(who, "role", "type");

    return json_is(who, JSON_OBJECT) ? json_string(role) : json_string(who);
}

static size_t voice_of(struct span name)
{
    char lower[FLAG_NAME_BYTES];
    size_t i;

    name = span_trim(name);
    for (i = 0; i < name.length && i + 1 < sizeof lower; i++)
        lower[i] = (char)tolower((unsigned char)name.data[i]);
    lower[i] = '\0';
    for (i = 0; i < VOICE_COUNT; i++) {
        if (strcmp(voices[i].name, lower) == 0)
            return i;
    }
    return VOICE_COUNT;
}

bool json_are_voices(struct json_ref array, const char *path)
{
    struct json_ref item;
    size_t first = VOICE_COUNT;
    bool differ = false;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        struct json_ref who = json_follow(item, path);
        size_t voice = voice_of(role_in(who));

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_value_is_given(who))
            continue;
        if (voice == VOICE_COUNT)
            return false;
        differ |= first != VOICE_COUNT && voice != first;
        first = voice;
    }
    return differ;
}

const char *json_voice_of_flag(struct span name, bool value)
{
    static const char *const fronts[] = {"is_", "is", "from_", "from", "by_", "by", NULL};
    size_t i, voice;

    for (i = 0; fronts[i] != NULL; i++) {
        if (!span_take(&name, fronts[i]))
            continue;
        voice = voice_of(name);
        if (voice == VOICE_COUNT)
            return NULL;
        return value ? voices[voice].shown : voices[voice].other;
    }
    return NULL;
}

/* ------------------------------------------------------------------------ interim results */

/* How services call a result that a later one replaces. */
static bool names_interim(struct span text)
{
    static const char *const words[] = {"partial",     "interim",   "intermediate",
                                        "hypothesis",  "tentative", "provisional",
                                        "recognizing", NULL};
    char lower[FLAG_NAME_BYTES];
    size_t i;

    for (i = 0; i < text.length && i + 1 < sizeof lower; i++)
        lower[i] = (char)tolower((unsigned char)text.data[i]);
    lower[i] = '\0';
    for (i = 0; words[i] != NULL && strstr(lower, words[i]) == NULL; i++)
        continue;
    return words[i] != NULL;
}

bool json_is_interim(struct json_ref value)
{
    if (json_is(value, JSON_BOOL))
        return json_true(value) == names_interim(json_name(value));
    return json_is(value, JSON_STRING) && names_interim(json_string(value));
}

bool json_all_interim(struct json_ref array, const char *path)
{
    struct json_ref item;
    size_t flags = 0;
    size_t interim = 0;

    JSON_EACH(item, array)
    {
        struct json_ref flag = json_follow(item, path);

        flags += json_is(flag, JSON_BOOL);
        interim += json_is_interim(flag);
    }
    return flags > 1 && interim == flags;
}

/* Whether a test is true for some of the short strings at a place and false for others. */
static bool hold_for_some(struct json_ref array, const char *path,
                          bool (*test)(struct json_ref))
{
    struct json_ref item;
    size_t holds = 0;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        struct json_ref value = json_follow(item, path);

        if (seen == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_is(value, JSON_STRING) || json_string(value).length >= FLAG_NAME_BYTES)
            return false;
        seen++;
        holds += test(value);
    }
    return holds > 0 && holds < seen;
}

bool json_are_interim(struct json_ref array, const char *path)
{
    return hold_for_some(array, path, json_is_interim);
}

/* ------------------------------------------------------------------------ kinds */

bool json_is_speech(struct json_ref kind)
{
    static const char *const ends[] = {"transcript", "transcription", "speech", "utterance",
                                       "spoken",     "dialogue",      "dialog", NULL};

    return ends_with_any(json_string(kind), ends);
}

bool json_are_speech_or_not(struct json_ref array, const char *path)
{
    return hold_for_some(array, path, json_is_speech);
}

/* ------------------------------------------------------------------------ keys */

static bool is_scalar(struct json_ref value)
{
    return json_is(value, JSON_NUMBER) ||
           (json_is(value, JSON_STRING) && json_string(value).length > 0);
}

/* 3 and "3" are equal. */
static struct span scalar_of(struct json_ref value)
{
    return json_is(value, JSON_STRING) ? json_string(value) : json_raw(value);
}

static size_t count_of(struct json_ref records, const char *key, struct span wanted)
{
    struct json_ref record;
    size_t count = 0;

    JSON_EACH(record, records)
    {
        struct json_ref value = json_follow(record, key);

        count += is_scalar(value) && span_equal(scalar_of(value), wanted);
    }
    return count;
}

/* Whether each value at a place is a key of exactly one record; at least two values. */
static bool are_found(struct json_ref array, const char *path, struct json_ref records,
                      const char *key)
{
    struct span first = span_of("", 0);
    struct json_ref item;
    bool differ = false;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        struct json_ref value = json_follow(item, path);
        struct span wanted = scalar_of(value);

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_value_is_given(value))
            continue;
        if (!is_scalar(value) || (key != NULL ? count_of(records, key, wanted) != 1
                                              : json_get_span(records, wanted).node == NULL))
            return false;
        differ |= first.length > 0 && !span_equal(first, wanted);
        first = wanted;
    }
    return differ;
}

bool json_are_places(struct json_ref array, const char *path, size_t count)
{
    struct json_ref item;
    size_t seen = 0;

    JSON_EACH(item, array)
    {
        double place;

        if (seen++ == JSON_EVIDENCE_SAMPLE)
            break;
        if (!json_number(json_follow(item, path), &place) || place < 0 ||
            place >= (double)count || floor(place) != place)
            return false;
    }
    return seen > 0 && json_differ(array, path);
}

bool json_are_keys(struct json_ref array, const char *path, struct json_ref records,
                   const char *key)
{
    return are_found(array, path, records, key);
}

bool json_are_member_names(struct json_ref array, const char *path, struct json_ref object)
{
    return json_is(object, JSON_OBJECT) && are_found(array, path, object, NULL);
}
