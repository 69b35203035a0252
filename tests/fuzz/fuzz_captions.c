/* Fuzz target: captions. */
#include "fuzz.h"

static const struct fuzz_row rows[] = {
    {"webvtt", true},   {"srt", true},
    {"ass", true},      {"sami", true},
    {"sbv", true},      {"lrc", true},
    {"microdvd", true}, {"timecode-text", true},
    {"ctm", true},      {"stm", true},
    {"rttm", true},     {"scc", true},
    {"ebu-stl", true},  {"quicktime-text", true},
    {"realtext", true},
};

static const struct fuzz_text texts[] = {
    {0, 0,
     "WEBVTT - x\n\nNOTE a\n\nSTYLE\n::cue{}\n\n1\n00:00:01.000 --> 00:02.000 line:0\n<v.loud "
     "Ann Lee>a &amp; <i>b</i> <00:00:01.500>c</v>\n- d\n>> E: f\n"},
    {1, 0, "1\r\n00:00:01,000 --> 00:00:02,5\r\n<font color=\"#f\">{\\an8}A: b\r\n\r\n"},
    {2, 3,
     "[Script Info]\nTitle: x\n[Events]\nFormat: Start, End, Name, Text\nDialogue: "
     "0:00:01.00,0:00:02.00,Ann,{\\k5}a\\Nb\n"},
    {0, 2,
     "webvtt\n\n1 \"A B\" (12)\n00：00：01，000 -> 00:00:02:12\n\n(A "
     "B)\n<ruby>c<rt>d</rt></ruby>\n"
     "{\"speakerName\":\"A\",\"spokenText\":\"b\"}\n"},
    {1, 1, "1\n00:00:01,000 – > 00:00:02,000\n[A_1] b\n\n2\n— c\n— d</ i>\n\n3\n"},
    {4, 0, "[INFORMATION]\n[TITLE]a\n[DELAY]1\n[SUBTITLE]\n00:00:01.00,00:00:02.00\na[br]b\n"},
    {6, 0, "{1}{1}25\n{25}{}a|{y:i}b\n[10][20]/c\n"},
    {7, 0, "$A = 1\n1 [00:00:01:12 - 00:00:02;03]\nA\nb|c^I\n"},
    {8, 1, ";; a\na 1 0.1 0.2 b 0.9 lex C\na 2 * * <ALT_BEGIN>\n"},
    {9, 0, "a 1 b 0.1 0.2 <o> c d\n"},
    {10, 0, "LEXEME a 1 0.1 0.2 b lex c 0.9\nSPEAKER a 1 0 1 <NA> <NA> b <NA>\n"},
    {11, 0,
     "Scenarist_SCC V1.0\n\n00:00:01:00\t9420 9420 9470 9470 c162 1130 1221 942f "
     "942f\n00:00:02;00\t942c\n"},
    {13, 0,
     "{QTtext}{timeScale:30}{timeStamps:relative}\n[00:00:01.15]{bold}A: b\n[00:00:02.00]\n"},
    {14, 0,
     "<window duration=\"9\"><time begin=\"00:01.5\" end=\"2\"/><clear/>A: b<br/>c &amp; d\n"},
    {5, 1, "[ar:A]\n[offset:+500]\n[00:01.00][00:09.10]a <00:02.00>b\n"},
};

static bool run(const char *bytes, size_t count, struct error *err)
{
    return fuzz_read(rows, sizeof rows / sizeof rows[0], bytes, count, err);
}

const struct fuzz_family fuzz_captions = {
    "captions", run, rows, sizeof rows / sizeof rows[0], texts, sizeof texts / sizeof texts[0],
};
