/* The meaning of member names in JSON that no table describes. Names are compared in lower case
 * without "_", "-" and blanks, so startTime, start_time and StartTime are the same. */
#include "formats/json/survey/json_names.h"

#include <ctype.h>
#include <string.h>

/* Best first. "*" stands for any name with a word for this role (column_name.h). */
static const char *const text_names[] = {
    "punctuatedword", "text",    "transcript",    "utterance", "sentence", "content",
    "displaytext",    "body",    "message",       "msg",       "caption",  "subtitle",
    "speech",         "said",    "words",         "word",      "token",    "line",
    "paragraph",      "onebest", "transcription", "statement", "written",  "*",
    "remark",         "remarks", "value",         "quote",     "comment",  "display",
    "term",           "lines",   "utt",           "w",         "runs",     NULL};
/* Names for people come before labels, people before channels. */
static const char *const speaker_names[] = {"speakerdisplayname",
                                            "speakername",
                                            "displayname",
                                            "participantname",
                                            "username",
                                            "personname",
                                            "userprofile",
                                            "nickname",
                                            "fullname",
                                            "attributedto",
                                            "membername",
                                            "participant",
                                            "speaker",
                                            "author",
                                            "who",
                                            "sender",
                                            "person",
                                            "member",
                                            "name",
                                            "user",
                                            "users",
                                            "actor",
                                            "character",
                                            "speakerlabel",
                                            "speakertag",
                                            "speakerid",
                                            "speakeridx",
                                            "speakerindex",
                                            "spk",
                                            "spkid",
                                            "spkname",
                                            "*",
                                            "talker",
                                            "userid",
                                            "participantid",
                                            "party",
                                            "from",
                                            "role",
                                            "source",
                                            "channelname",
                                            "speakers",
                                            "speakeridentifier",
                                            "diarizationlabel",
                                            "voice",
                                            "label",
                                            NULL};
static const char *const channel_names[] = {"channel",      "channelid", "channeltag",
                                            "channellabel", "ch",        NULL};
static const char *const start_names[] = {"start",
                                          "starttime",
                                          "begin",
                                          "begintime",
                                          "bg",
                                          "st",
                                          "from",
                                          "in",
                                          "s",
                                          "*",
                                          "offsetms",
                                          "offsetmilliseconds",
                                          "offsetinticks",
                                          "timestamp",
                                          "time",
                                          "ts",
                                          "timecode",
                                          "datetime",
                                          "createdat",
                                          "createddatetime",
                                          "sentat",
                                          "senttime",
                                          "postedat",
                                          "spokenat",
                                          "date",
                                          "offset",
                                          NULL};
static const char *const end_names[] = {"end", "endtime", "stop", "finish", "ed", "et",
                                        "to",  "out",     "e",    "*",      NULL};
static const char *const length_names[] = {"duration", "dur", "length", "lasts", "*", NULL};
static const char *const day_names[] = {
    "date",  "day",  "hdate", "sittingdate",   "meetingdate", "speechdate", "dokdatum",
    "datum", "dato", "fecha", "sitzungsdatum", "dateseance",  NULL};
static const char *const final_names[] = {"turnisformatted", "isfinal",   "final",
                                          "ispartial",       "partial",   "isinterim",
                                          "interim",         "endofturn", NULL};
static const char *const role_names[] = {"position",        "speakerposition", "jobtitle",
                                         "speakerrole",     "office",          "function",
                                         "speakerfunction", "oratorrole",      NULL};
static const char *const organization_names[] = {"party",
                                                 "organization",
                                                 "organisation",
                                                 "affiliation",
                                                 "company",
                                                 "group",
                                                 "fraction",
                                                 "fraktion",
                                                 "parliamentarygroup",
                                                 "parti",
                                                 "partei",
                                                 "partito",
                                                 "partido",
                                                 "parlgroupabbreviation",
                                                 "groupnameshort",
                                                 "politicalgroup",
                                                 NULL};
static const char *const heading_names[] = {
    "committee",         "section",         "sectiontitle",   "agenda", "debate",
    "debatetitle",       "heading",         "avsnittsrubrik", "rubrik", "agendaitem",
    "agendaitemenglish", "agendaitemtitle", "subjecttitle",   NULL};
static const char *const kind_names[] = {"type",      "kind",     "event",    "eventtype",
                                         "entrytype", "itemtype", "linetype", NULL};
static const char *const mark_names[] = {"type", "ispunctuation", NULL};
static const char *const after_names[] = {"punctuation", "punct", NULL};

const char *const *const json_names_of_role[ROLE_COUNT] = {
    [ROLE_TEXT] = text_names,       [ROLE_START] = start_names,
    [ROLE_END] = end_names,         [ROLE_LENGTH] = length_names,
    [ROLE_SPEAKER] = speaker_names, [ROLE_CHANNEL] = channel_names,
    [ROLE_POSITION] = role_names,   [ROLE_ORGANIZATION] = organization_names,
    [ROLE_HEADING] = heading_names, [ROLE_MARK] = mark_names,
    [ROLE_AFTER] = after_names,     [ROLE_DAY] = day_names,
    [ROLE_FINAL] = final_names,     [ROLE_KIND] = kind_names,
};

/* Lists of consecutive utterances. */
const char *const json_names_talks[] = {"dialog",       "dialogue", "dialogs",
                                        "conversation", "turns",    "utterances",
                                        "history",      "log",      NULL};
const char *const json_names_best_lists[] = {"alternatives", "nbest", "hypotheses",
                                             "candidates", NULL};

void json_names_tidy(struct span name, char out[NAME_BYTES])
{
    size_t bytes = 0;
    size_t i;

    for (i = 0; i < name.length && bytes + 1 < NAME_BYTES; i++) {
        unsigned char c = (unsigned char)name.data[i];

        if (isalnum(c) || c >= 0x80)
            out[bytes++] = (char)tolower(c);
    }
    out[bytes] = '\0';
}

int json_names_place_of_tidy(const char *tidy, const char *const *names)
{
    int i;

    for (i = 0; names[i] != NULL; i++) {
        if (names[i][0] == tidy[0] && strcmp(names[i], tidy) == 0)
            return i;
    }
    return -1;
}

int json_names_place_of_any(const char *const *names)
{
    int i;

    for (i = 0; names[i] != NULL; i++) {
        if (*names[i] == '*')
            return i;
    }
    return -1;
}

int json_names_place(struct span name, const char *const *names)
{
    char tidy[NAME_BYTES];

    json_names_tidy(name, tidy);
    return json_names_place_of_tidy(tidy, names);
}

bool json_names_is_step(struct span name)
{
    size_t i;

    for (i = 0; i < name.length; i++) {
        if (memchr(".[{<", name.data[i], 4) != NULL)
            return false;
    }
    return name.length > 0 && name.length < NAME_BYTES;
}

bool json_names_is_numbered(struct span name)
{
    size_t digits = 0;

    while (digits < name.length && isdigit((unsigned char)name.data[name.length - 1 - digits]))
        digits++;
    return digits > 0 && digits <= 6;
}
