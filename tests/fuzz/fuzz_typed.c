/* Fuzz target: what a person types: the command line with its options, what stands after `:`,
 * times, speakers, and the names of keys. The first byte chooses which. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "shilu/base/memory.h"
#include "shilu/cli/options.h"
#include "shilu/model/find.h"
#include "shilu/text/decode.h"
#include "shilu/ui/command_line.h"

enum { OPTIONS, COMMAND, TIME, SPEAKER, KINDS };

static const struct fuzz_text texts[] = {
    {OPTIONS, 0, "show\n--speaker=Ann\n-w\n80\n--from\n10:25\n--\na.json"},
    {OPTIONS, 1, "grep\n-e\n(a|b)\n-C2\n--max-ratio=9\n+10:25\nx"},
    {COMMAND, 0, "5 turn-next"},
    {COMMAND, 0, "theme dark"},
    {TIME, 0, "2020-03-09T10:25:22+08:00"},
    {TIME, 0, "+1h5m"},
    {TIME, 0, "50%"},
    {SPEAKER, 0, "zcf"},
};

static const struct transcript *record(void)
{
    static struct transcript *t;

    if (t == NULL) {
        static const char *const names[] = {"詹成付", "Ann Lee", "김철수", "ann"};

        t = transcript_new();
        for (int i = 0; i < 40; i++) {
            struct segment_draft draft = SEGMENT_DRAFT_INIT;
            struct speaker_label label = {.name = names[i % 4], .role = i == 1 ? "host" : NULL};
            struct error err;

            draft.text = "words";
            draft.text_bytes = 5;
            draft.speaker = transcript_speaker(t, &label);
            draft.start_ms = i * 60000;
            if (!transcript_append(t, &draft, &err))
                abort();
        }
    }
    return t;
}

static bool check_options(char *line, struct error *err)
{
    enum { WORDS = 64 };
    char *argv[WORDS + 2] = {(char *)"shilu"};
    int argc = 1;
    struct options o;
    struct error failure = {0};
    bool ok;

    for (char *word = line; word != NULL && argc <= WORDS;) {
        char *end = strchr(word, '\n');

        if (end != NULL)
            *end++ = '\0';
        argv[argc++] = word;
        word = end;
    }
    ok = options_parse(&o, argc, argv, NULL, &failure) || failure.message[0] != '\0' ||
         error_set(err, ERROR_SYNTAX, "options fail without a word");
    options_release(&o);
    return ok;
}

static bool check_time(const char *text, struct error *err)
{
    struct time_query query;
    struct error failure = {0};

    if (!time_query_parse(record(), text, 90000, &query, &failure))
        return failure.message[0] != '\0' ||
               error_set(err, ERROR_SYNTAX, "a time fails without a word");
    if (query.ms < -TIME_MAX_MS || query.ms > TIME_MAX_MS || query.precision_ms < 0)
        return error_set(err, ERROR_SYNTAX, "'%.60s' is a time out of bounds", text);
    return true;
}

static bool check_speaker(const char *text, struct error *err)
{
    uint32_t found[8];
    size_t count = speaker_find(record(), text, found, 8);

    for (size_t i = 0; i < count; i++)
        if (found[i] >= transcript_speaker_count(record()) ||
            !speaker_find_matches(text, transcript_speaker_at(record(), found[i])))
            return error_set(err, ERROR_SYNTAX, "'%.60s' finds a speaker and does not match it",
                             text);
    return true;
}

static bool check_command(const char *text, struct error *err)
{
    struct command_line command;
    struct error failure = {0};
    long number;

    if (!command_line_parse(text, &command, &failure))
        return failure.message[0] != '\0' ||
               error_set(err, ERROR_SYNTAX, "a command fails without a word");
    if (*command.argument != '\0' &&
        (command.argument < text || command.argument > text + strlen(text)))
        return error_set(err, ERROR_SYNTAX, "an argument outside of its line");
    if (command_line_number(&command, &number, &failure) && number < 0)
        return error_set(err, ERROR_SYNTAX, "an argument below 0");
    return true;
}

static bool run(const char *bytes, size_t count, struct error *err)
{
    struct buffer text = {0};
    struct error ignored;
    struct decoder *d;
    unsigned kind;
    bool ok;

    if (count < 2)
        return true;
    kind = (unsigned char)bytes[0] % KINDS;
    if (kind == OPTIONS) { /* any bytes; elsewhere the terminal gives UTF-8 */
        char *line = memory_strndup(bytes + 2, count - 2);

        ok = check_options(line, err);
        free(line);
        return ok;
    }
    d = decoder_new("utf-8", &ignored);
    decoder_feed(d, bytes + 2, count - 2, true, &text);
    decoder_free(d);
    if (kind == TIME)
        ok = check_time(buffer_string(&text), err);
    else if (kind == SPEAKER)
        ok = check_speaker(buffer_string(&text), err);
    else
        ok = check_command(buffer_string(&text), err);
    buffer_release(&text);
    return ok;
}

const struct fuzz_family fuzz_typed = {
    "typed", run, NULL, 0, texts, sizeof texts / sizeof texts[0],
};
