/* HTML (living standard): one self-contained page without scripts. Each segment has an anchor,
 * "#s12" for the twelfth, each turn is a section with a heading; colours follow the user's
 * preference for light or dark. It is also in the podcast form that containers/html_cited.c
 * reads: <cite>, <time>, <p>. */
#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "formats/readers.h"
#include "formats/write/contents.h"
#include "formats/write/export.h"
#include "shilu/base/translate.h"

static const char style[] =
    ":root{color-scheme:light dark;--ink:#1d1f23;--paper:#fdfcfa;--soft:#5d6470;--rule:#dcd8d0;"
    "--mark:#fff3c4}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e2dd;--paper:#17181b;--soft:#9aa1ad;"
    "--rule:#34373d;--mark:#4a4220}}\n"
    "body{margin:0 auto;padding:1.5rem;max-width:42rem;color:var(--ink);"
    "background:var(--paper);font:1.05rem/1.65 Georgia,\"Noto Serif\",\"Noto Serif CJK TC\","
    "serif;overflow-wrap:anywhere}\n"
    "h1{font-size:1.5rem;line-height:1.3}\n"
    "h2{margin:2rem 0 .3rem;padding-top:.6rem;border-top:1px solid var(--rule);"
    "font-size:1.05rem}\n"
    "nav{margin:1rem 0;font-size:.9rem}\n"
    "nav ul{margin:0;padding-left:1.2rem;list-style:none}\n"
    "nav>ul{padding:0}\n"
    "cite{font-style:normal}\n"
    ".role,.facts,time{color:var(--soft);font-weight:normal;font-size:.9rem}\n"
    ".time{text-decoration:none}\n"
    ".time:hover,.time:focus{text-decoration:underline}\n"
    "p{margin:.4rem 0}\n"
    ":target{background:var(--mark)}\n"
    "@media print{body{max-width:none}}\n";

struct html_writer {
    const struct transcript *t;
    const struct selection *selection;
    FILE *out;
    struct buffer line;
    struct export_days days;
};

static void put_text(struct html_writer *w, const char *s, size_t bytes)
{
    buffer_clear(&w->line);
    export_markup(&w->line, s, bytes);
    fwrite(buffer_string(&w->line), 1, w->line.bytes, w->out);
}

static void put_string(struct html_writer *w, const char *s)
{
    put_text(w, s, strlen(s));
}

/* The words of a segment, a line break as <br>. */
static void put_words(struct html_writer *w, const char *s, size_t bytes)
{
    const char *end = s + bytes;

    for (;;) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));

        put_text(w, s, (size_t)((stop != NULL ? stop : end) - s));
        if (stop == NULL)
            return;
        fputs("<br>\n", w->out);
        s = stop + 1;
    }
}

/* Only web addresses become links: a file could contain any other scheme. */
static bool is_web_address(const char *url)
{
    return strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0;
}

static void put_source(struct html_writer *w)
{
    const char *name = transcript_get(w->t, FIELD_SOURCE_NAME);
    const char *url = transcript_get(w->t, FIELD_SOURCE_URL);

    if (name == NULL)
        name = url;
    if (name == NULL)
        return;
    fputs("\n<span>", w->out);
    if (url != NULL && is_web_address(url)) {
        fputs("<a href=\"", w->out);
        put_string(w, url);
        fputs("\">", w->out);
        put_string(w, name);
        fputs("</a>", w->out);
    } else {
        put_string(w, name);
    }
    fputs("</span>", w->out);
}

static void put_facts(struct html_writer *w)
{
    const char *date = transcript_get(w->t, FIELD_DATE);
    const char *venue = transcript_get(w->t, FIELD_VENUE);

    fputs("<p class=\"facts\">", w->out);
    if (date != NULL) {
        fputs("<time datetime=\"", w->out);
        put_string(w, date);
        fputs("\">", w->out);
        put_string(w, date);
        fputs("</time>\n", w->out);
    }
    if (venue != NULL)
        put_string(w, venue);
    put_source(w);
    fputs("</p>\n", w->out);
}

static void put_head(struct html_writer *w)
{
    const char *title = transcript_get(w->t, FIELD_TITLE);
    const char *language = transcript_get(w->t, FIELD_LANGUAGE);

    fputs("<!DOCTYPE html>\n<html", w->out);
    if (language != NULL) {
        fputs(" lang=\"", w->out);
        put_string(w, language);
        fputs("\"", w->out);
    }
    fputs(">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"generator\" content=\"shilu\">\n<title>",
          w->out);
    put_string(w, title != NULL ? title : "Transcript");
    fprintf(w->out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<header>\n<h1>", style);
    put_string(w, title != NULL ? title : "Transcript");
    fputs("</h1>\n", w->out);
    if (transcript_get(w->t, FIELD_DATE) != NULL || transcript_get(w->t, FIELD_VENUE) != NULL ||
        transcript_get(w->t, FIELD_SOURCE_NAME) != NULL ||
        transcript_get(w->t, FIELD_SOURCE_URL) != NULL)
        put_facts(w);
    fputs("</header>\n", w->out);
}

/* The outline with a link to each place; deeper rows are nested lists. */
static void put_contents(struct html_writer *w)
{
    struct outline o;
    struct buffer row = {0};
    int depth = 0;

    if (!contents_make(&o, w->t, w->selection))
        return;
    fputs("<nav aria-label=\"Contents\">\n", w->out);
    for (size_t i = 0; i < o.count; i++) {
        int level = o.items[i].level < depth ? o.items[i].level : depth;

        for (; depth > level + 1; depth--)
            fputs("</li></ul>\n", w->out);
        if (depth <= level) {
            fputs("<ul>\n", w->out);
            depth++;
        } else {
            fputs("</li>\n", w->out);
        }
        buffer_clear(&row);
        contents_row(&o.items[i], w->t, &row);
        fprintf(w->out, "<li><a href=\"#s%u\">", o.items[i].segment + 1);
        put_text(w, buffer_string(&row), row.bytes);
        fputs("</a>", w->out);
    }
    for (; depth > 0; depth--)
        fputs("</li></ul>\n", w->out);
    fputs("</nav>\n", w->out);
    buffer_release(&row);
    outline_release(&o);
}

/* Begin a turn: a section, with a heading if the speaker is known. */
static void open_turn(struct html_writer *w, uint32_t segment)
{
    uint32_t number = transcript_segment(w->t, segment)->speaker;
    const struct speaker *speaker;
    struct buffer role = {0};

    if (number == SPEAKER_NONE) {
        fputs("<section>\n", w->out);
        return;
    }
    speaker = transcript_speaker_at(w->t, number);
    fprintf(w->out, "<section aria-labelledby=\"t%u\">\n<h2 id=\"t%u\"><cite>", segment + 1,
            segment + 1);
    put_string(w, speaker->name);
    fputs("</cite>", w->out);
    export_role(&role, speaker);
    if (role.bytes > 0) {
        fputs(" <span class=\"role\">", w->out);
        put_text(w, role.data, role.bytes);
        fputs("</span>", w->out);
    }
    fputs("</h2>\n", w->out);
    buffer_release(&role);
}

/* The time before a paragraph, which links to it. */
static void put_time(struct html_writer *w, uint32_t segment)
{
    int64_t ms = transcript_segment(w->t, segment)->start_ms;
    char shown[CIVIL_TEXT], machine[CIVIL_TEXT], date[CIVIL_TEXT];
    bool other_day = export_days_next(&w->days, w->t, ms, date);

    if (ms == TIME_NONE)
        return;
    transcript_format_clock(w->t, ms, shown);
    if (transcript_time_base(w->t) == TIME_BASE_WALL) {
        transcript_format_moment(w->t, ms, machine);
    } else {
        snprintf(machine, sizeof machine, "PT%" PRId64 ".%03dS", (ms > 0 ? ms : 0) / 1000,
                 (int)((ms > 0 ? ms : 0) % 1000));
    }
    fprintf(w->out, "<a class=\"time\" href=\"#s%u\"><time datetime=\"%s\">%s%s%s</time></a> ",
            segment + 1, machine, other_day ? date : "", other_day ? " " : "", shown);
}

/* A paragraph: it has the anchor of its first segment; those of the others are at their
 * words. */
static void put_paragraph(struct html_writer *w, uint32_t first, uint32_t end)
{
    uint32_t segment;

    fprintf(w->out, "<p id=\"s%u\">", first + 1);
    put_time(w, first);
    for (segment = first; segment < end; segment++) {
        size_t bytes;
        const char *text = transcript_text(w->t, segment, &bytes);

        if (segment > first) {
            if ((transcript_segment(w->t, segment)->flags & SEGMENT_SPACED) != 0)
                fputs("\n", w->out);
            fprintf(w->out, "<span id=\"s%u\">", segment + 1);
        }
        put_words(w, text, bytes);
        if (segment > first)
            fputs("</span>", w->out);
    }
    fputs("</p>\n", w->out);
}

static bool write_html(const struct transcript *t, const struct selection *selection,
                       const struct writer_options *options, FILE *out, struct error *err)
{
    struct html_writer w = {.t = t, .selection = selection, .out = out};
    uint32_t segment = export_at_or_after(t, selection, 0);
    uint32_t speaker = SPEAKER_NONE;
    bool open = false;

    (void)options;
    export_days_init(&w.days, t);
    put_head(&w);
    put_contents(&w);
    fputs("<main>\n", w.out);
    while (segment != SEGMENT_NONE) {
        uint32_t end = export_paragraph_end(t, selection, segment);
        uint32_t by = transcript_segment(t, segment)->speaker;

        if (!open || by != speaker) {
            fputs(open ? "</section>\n" : "", out);
            open_turn(&w, segment);
            open = true;
            speaker = by;
        }
        put_paragraph(&w, segment, end);
        segment = export_at_or_after(t, selection, end);
    }
    fprintf(out, "%s</main>\n</body>\n</html>\n", open ? "</section>\n" : "");
    buffer_release(&w.line);
    return export_finish(out, err);
}

const struct writer_ops writer_html = {
    .name = "html", .title = N_("web page"), .extension = "html", .write = write_html};
