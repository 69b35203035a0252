/* Who asks and who answers. */
#include "formats/records/people/turn_kinds.h"

#include <stdlib.h>
#include <string.h>

#include "formats/records/line/vocabulary.h"
#include "shilu/base/memory.h"

/* The share of turns with questions, of an interviewer and of an interviewee. */
#define ASKS_MIN .5f
#define ASKED_MAX .34f
#define LEADS_ASKING .6f /* of one who leads an interview */
#define LEADS_MIN .25f   /* of one whom the head names as who asks */
/* One who answers everybody: the share of turns, and how often they directly follow somebody
 * else's. */
enum { MODERATED_MIN = 2 };
#define HUB_TURNS .38f
#define HUB_FOLLOWS .8f
#define HUB_QUESTIONS .6f

enum { LEADING_TURNS = 4 };

struct turn_of_head {
    uint32_t label;
    uint32_t bullet;
    bool first; /* of its label */
    bool asks;
    bool quoted; /* its words begin with a quotation mark */
};

struct course {
    struct turn_of_head *turns; /* owned; adjacent turns of one label are one */
    size_t count;
    uint32_t *turn_counts; /* owned, by label */
    uint32_t *question_counts;
    uint32_t *after_asker;
    size_t label_count;
    size_t speakers;
};

static bool is_quoted(const struct survey *s, uint32_t begin)
{
    const struct survey_candidate *c = &s->candidates[begin];
    struct span words = survey_words(s, c);

    if (words.length == 0 && c->block + 1 < s->block_count)
        words = s->blocks[c->block + 1].text;
    return folded_opens_quotation(words);
}

static void gather(struct course *course, const struct survey *s, const struct choice *choice)
{
    bool unlabelled = false;
    size_t i;

    course->label_count = s->label_count;
    course->turns = memory_alloc((s->block_count + 1) * sizeof *course->turns);
    course->turn_counts = memory_zalloc(s->label_count + 1, sizeof(uint32_t));
    course->question_counts = memory_zalloc(s->label_count + 1, sizeof(uint32_t));
    course->after_asker = memory_zalloc(s->label_count + 1, sizeof(uint32_t));
    for (i = choice->first; i < s->block_count; i++) {
        uint32_t begin = choice->begins[i];
        struct turn_of_head *last = course->count > 0 ? &course->turns[course->count - 1]
                                                      : NULL;

        if (begin != SURVEY_NONE && choice_is_inset(s, choice, &s->candidates[begin]))
            continue;
        if (begin != SURVEY_NONE && s->candidates[begin].label != SURVEY_NONE &&
            (last == NULL || last->label != survey_person(s, s->candidates[begin].label))) {
            last = &course->turns[course->count++];
            *last = (struct turn_of_head){.label = survey_person(s, s->candidates[begin].label),
                                          .bullet = s->blocks[i].bullet,
                                          .quoted = is_quoted(s, begin)};
        }
        /* Except for questions after a dash. */
        unlabelled = begin != SURVEY_NONE ? s->candidates[begin].label == SURVEY_NONE
                                          : unlabelled;
        if (last != NULL && !unlabelled)
            last->asks |= (survey_asks(s, i) && !(s->labels[last->label].hosts &&
                                                  vocabulary_only_calls(s->blocks[i].text))) ||
                          (s->labels[last->label].member && folded_requests(s->blocks[i].text));
    }
    for (i = 0; i < course->count; i++) {
        uint32_t label = course->turns[i].label;

        course->turns[i].first = course->turn_counts[label]++ == 0;
        course->speakers += course->turns[i].first;
        course->question_counts[label] += course->turns[i].asks;
    }
}

static float question_rate(const struct course *c, uint32_t label)
{
    uint32_t turns = c->turn_counts[label];

    /* Opening and closing words contain no question to be counted. */
    if (turns > 2 && c->turns[0].label == label && !c->turns[0].asks)
        turns--;
    if (turns > 1 && c->turns[c->count - 1].label == label && !c->turns[c->count - 1].asks &&
        c->turns[0].label == label)
        turns--;
    return (float)c->question_counts[label] / (float)turns;
}

/* Part of the news: an anchor's turn, or a quoted statement. */
static bool is_of_report(const struct survey *s, const struct course *c, size_t turn)
{
    return turn >= c->count || s->labels[c->turns[turn].label].hosts || c->turns[turn].quoted;
}

/* A reporter whose turns are all between such turns. */
static bool is_among_hosts(const struct survey *s, const struct course *c, uint32_t label)
{
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->turns[i].label == label &&
            (c->turns[i].quoted || (i > 0 && !is_of_report(s, c, i - 1)) ||
             !is_of_report(s, c, i + 1)))
            return false;
    return c->count > 1;
}

/* Who reads the news: 앵커, 主播, キャスター. */
static bool is_anchor(const struct survey_label *label)
{
    static const char *const anchors[] = {"앵커", "主播", "アンカー", "キャスター",
                                          "アナウンサー"};
    size_t i;

    for (i = 0; i < sizeof anchors / sizeof *anchors; i++)
        if (memmem(label->whole.data, label->whole.length, anchors[i], strlen(anchors[i])) !=
            NULL)
            return true;
    return false;
}

/* Whether an anchor gives a reporter the floor for the first time. */
static bool is_called_by_anchor(const struct survey *s, const struct course *c, uint32_t label)
{
    size_t i;

    for (i = 0; i < c->count && c->turns[i].label != label; i++)
        continue;
    return i > 0 && i < c->count && is_anchor(&s->labels[c->turns[i - 1].label]);
}

/* A reporter without questions whose turns follow those of a host: the host asks. */
static bool is_asked_by_host(const struct survey *s, const struct course *c, uint32_t label)
{
    size_t i;

    if (s->labels[label].mark != LABEL_OF_NONE || c->question_counts[label] > 0)
        return false;
    if (is_among_hosts(s, c, label) || is_called_by_anchor(s, c, label))
        return true;
    for (i = 0; i + 1 < c->count; i++)
        if (c->turns[i + 1].label == label && c->turns[i].asks &&
            s->labels[c->turns[i].label].hosts)
            return true;
    return false;
}

/* Every turn asks, never after another turn that asks, and an answer follows each. */
static bool only_asks(const struct turn_kinds *kinds, const struct course *c, uint32_t label)
{
    size_t i;

    if (c->question_counts[label] < c->turn_counts[label])
        return false;
    for (i = 0; i < c->count; i++) {
        if (c->turns[i].label != label)
            continue;
        if ((i > 0 && kinds->parts[c->turns[i - 1].label] != PART_ANSWERS &&
             c->turns[i - 1].asks) ||
            i + 1 == c->count || kinds->parts[c->turns[i + 1].label] != PART_ANSWERS ||
            question_rate(c, c->turns[i + 1].label) > ASKED_MAX)
            return false;
    }
    return true;
}

/* *reports: somebody is called a reporter but asks nothing. */
static void ask_by_words(struct turn_kinds *kinds, const struct survey *s,
                         const struct course *c, bool *reports)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        if (!s->labels[c->turns[i].label].numbered)
            continue;
        kinds->parts[c->turns[i].label] = PART_ASKS_IN_QUESTIONS;
        kinds->any = true;
    }
    /* "THE COURT: Did you see it?" before "A." */
    for (i = 0; kinds->marked && i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (!c->turns[i].asks || kinds->parts[label] == PART_ASKS_IN_QUESTIONS ||
            s->labels[label].mark != LABEL_OF_NONE ||
            s->labels[c->turns[i + 1].label].mark != LABEL_OF_ANSWER ||
            vocabulary_is_witness(s->labels[label].key))
            continue;
        kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
        kinds->any = true;
    }
    for (i = 0; i < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (!c->turns[i].first || !s->labels[label].asks)
            continue;
        if (is_asked_by_host(s, c, label)) {
            *reports = true;
            continue;
        }
        kinds->parts[label] = PART_ASKS;
        kinds->any = true;
    }
    /* An outlet that hosts: it gives the floor to somebody who asks. */
    for (i = 0; i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (kinds->parts[label] == PART_ASKS && s->labels[label].mark == LABEL_OF_NONE &&
            !c->turns[i].asks && c->turns[i + 1].asks && i == 0 && c->speakers > 2)
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
    }
    for (i = 0; kinds->any && i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (c->turns[i].first && kinds->parts[label] == PART_ANSWERS &&
            s->labels[label].mark == LABEL_OF_NONE && only_asks(kinds, c, label))
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
    }
}

/* Whether everything a host asks is answered by the people whom the askers ask, and who ask
 * nothing themselves. */
static bool asks_beside_askers(const struct turn_kinds *kinds, const struct course *c,
                               uint32_t host)
{
    size_t i, k;

    for (i = 0; i < c->count; i++) {
        uint32_t answers = i + 1 < c->count ? c->turns[i + 1].label : host;

        if (c->turns[i].label != host || !c->turns[i].asks)
            continue;
        if (answers == host || kinds->parts[answers] != PART_ANSWERS ||
            c->question_counts[answers] > 0)
            return false;
        for (k = 0; k + 1 < c->count; k++)
            if (kinds->parts[c->turns[k].label] == PART_ASKS &&
                c->turns[k + 1].label == answers)
                break;
        if (k + 1 >= c->count)
            return false;
    }
    return c->question_counts[host] > 0;
}

/* An interview in which both the host and the public ask. */
static void add_hosts_beside(struct turn_kinds *kinds, const struct survey *s,
                             const struct course *c)
{
    size_t i;

    for (i = 0; kinds->any && i < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (c->turns[i].first && kinds->parts[label] == PART_ANSWERS &&
            s->labels[label].hosts && !s->labels[label].chairs &&
            asks_beside_askers(kinds, c, label))
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
    }
}

/* An interviewer in the strict sense: begins with a question, asks in most turns, gives each of
 * them to the same person, and is asked nothing. What such a turn says without a question is
 * there to be answered. */
static bool leads_interview(const struct course *c, uint32_t one, uint32_t other)
{
    return c->turns[0].label == one && c->turns[0].asks &&
           c->turns[c->count - 1].label == other && c->turn_counts[one] >= LEADING_TURNS &&
           question_rate(c, one) >= LEADS_ASKING && c->question_counts[other] == 0;
}

/* Two people: the one with more questions asks; a host asks even if the guest asks back. */
static void ask_by_course_of_two(struct turn_kinds *kinds, const struct survey *s,
                                 const struct course *c)
{
    uint32_t one = c->turns[0].label;
    uint32_t other = one;
    bool one_hosts, other_hosts;
    size_t i;

    for (i = 1; i < c->count && other == one; i++)
        other = c->turns[i].label;
    one_hosts = s->labels[one].hosts;
    other_hosts = s->labels[other].hosts;
    if (question_rate(c, other) > question_rate(c, one)) {
        uint32_t swap = one;

        one = other;
        other = swap;
        one_hosts = s->labels[one].hosts;
        other_hosts = s->labels[other].hosts;
    }
    if (other_hosts && !one_hosts && question_rate(c, other) > 0) {
        uint32_t swap = one;

        one = other;
        other = swap;
        one_hosts = true;
    }
    if (s->labels[one].chairs && !vocabulary_is_witness(s->labels[other].key))
        return; /* 御異議ありませんか is no question to anybody */
    if ((question_rate(c, one) >= ASKS_MIN && question_rate(c, other) <= ASKED_MAX) ||
        (one_hosts && question_rate(c, one) > 0) ||
        (question_rate(c, one) > 0 && question_rate(c, other) == 0)) {
        kinds->parts[one] = leads_interview(c, one, other) ? PART_ASKS : PART_ASKS_IN_QUESTIONS;
        kinds->any = true;
    }
}

static uint32_t most_turns(const struct course *c)
{
    uint32_t best = c->turns[0].label;
    size_t i;

    for (i = 0; i < c->count; i++)
        if (c->turn_counts[c->turns[i].label] > c->turn_counts[best])
            best = c->turns[i].label;
    return best;
}

/* Beside a host who asks: people who do nothing but ask the host's guests. */
static void add_askers_beside(struct turn_kinds *kinds, const struct course *c, uint32_t host)
{
    size_t i;

    for (i = 0; i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (label != host && c->question_counts[label] == c->turn_counts[label] &&
            c->turns[i + 1].label != host && c->question_counts[c->turns[i + 1].label] == 0)
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
    }
}

/* The only one of many who asks: the interviewer of a group, "Q", the press. */
static bool ask_alone(struct turn_kinds *kinds, const struct survey *s, const struct course *c)
{
    uint32_t best = c->turns[0].label;
    size_t questions = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        questions += c->turns[i].asks;
        if (c->question_counts[c->turns[i].label] > c->question_counts[best])
            best = c->turns[i].label;
    }
    if (s->labels[best].chairs || c->question_counts[best] < 2 ||
        question_rate(c, best) < ASKS_MIN || c->question_counts[best] < questions)
        return false;
    kinds->parts[best] = PART_ASKS_IN_QUESTIONS;
    kinds->any = true;
    return true;
}

/* Whoever the head of the record names as interviewer or moderator asks. */
static bool ask_as_stated(struct turn_kinds *kinds, const struct survey *s,
                          const struct course *c)
{
    size_t i;

    for (i = 0; i < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (!s->labels[label].leads || question_rate(c, label) < LEADS_MIN)
            continue;
        kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
        kinds->any = true;
    }
    return kinds->any;
}

/* A host, by the label, who alone asks, however few the turns. */
static bool ask_by_host(struct turn_kinds *kinds, const struct survey *s,
                        const struct course *c)
{
    uint32_t host = c->turns[0].label;
    size_t others = 0;
    size_t i;

    for (i = 0; i < c->count && !s->labels[host].hosts; i++)
        host = c->turns[i].label;
    for (i = 0; i < c->count; i++)
        others += c->turns[i].label != host && c->turns[i].asks;
    if (!s->labels[host].hosts || s->labels[host].chairs || c->question_counts[host] == 0 ||
        others > 0)
        return false;
    kinds->parts[host] = PART_ASKS_IN_QUESTIONS;
    kinds->any = true;
    return true;
}

/* Somebody who never asks follows nearly every question: panellists, beside a chair and people
 * on the floor. Whoever never follows a question does not answer. */
static void ask_those_who_answer(struct turn_kinds *kinds, const struct survey *s,
                                 const struct course *c)
{
    bool *answers = memory_zalloc(c->label_count + 1, sizeof *answers);
    size_t questions = 0, answered = 0;
    size_t i;

    for (i = 0; i + 1 < c->count; i++) {
        const struct turn_of_head *next = &c->turns[i + 1];

        if (!c->turns[i].asks || next->asks || s->labels[c->turns[i].label].chairs)
            continue;
        questions++;
        answered += c->question_counts[next->label] == 0;
        answers[next->label] = true;
    }
    for (i = 0; i < c->count && questions > 0; i++) {
        uint32_t label = c->turns[i].label;

        if ((float)answered < HUB_FOLLOWS * (float)questions)
            break;
        if (c->question_counts[label] > 0 && !s->labels[label].chairs)
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
        else if (!answers[label])
            kinds->parts[label] = PART_HOSTS;
        kinds->any = true;
    }
    free(answers);
}

/* Everybody who speaks directly before a witness asks, whether or not it sounds like a
 * question. */
static void ask_witnesses(struct turn_kinds *kinds, const struct survey *s,
                          const struct course *c)
{
    size_t i, k;

    for (i = 0; i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (kinds->parts[label] != PART_ASKS_IN_QUESTIONS ||
            !vocabulary_is_witness(s->labels[c->turns[i + 1].label].key))
            continue;
        for (k = 0; k + 1 < c->count; k++)
            if (c->turns[k].label == label &&
                !vocabulary_is_witness(s->labels[c->turns[k + 1].label].key))
                break;
        if (k + 1 == c->count && c->turns[k].label != label)
            kinds->parts[label] = PART_ASKS;
    }
}

/* Many people: one answers all the others, or one host asks them all. */
static void ask_by_course_of_many(struct turn_kinds *kinds, const struct survey *s,
                                  const struct course *c)
{
    uint32_t hub = most_turns(c);
    size_t others = 0, followed = 0, questions = 0;
    size_t i;

    for (i = 0; i + 1 < c->count; i++) {
        if (c->turns[i].label == hub)
            continue;
        others++;
        followed += c->turns[i + 1].label == hub;
        questions += c->turns[i].asks;
    }
    if (others == 0 || (float)c->turn_counts[hub] < HUB_TURNS * (float)c->count)
        return;
    if ((float)followed >= HUB_FOLLOWS * (float)others &&
        (float)questions >= HUB_QUESTIONS * (float)others &&
        question_rate(c, hub) <= ASKED_MAX &&
        (!s->labels[hub].hosts || c->question_counts[hub] == 0)) {
        for (i = 0; i < c->count; i++)
            if (c->turns[i].label != hub)
                kinds->parts[c->turns[i].label] = PART_ASKS_IN_QUESTIONS;
        kinds->any = true;
        return;
    }
    /* A host who asks each guest in turn, by the name of the role or by asking most and never
     * being asked. */
    if (!s->labels[hub].chairs && question_rate(c, hub) >= ASKS_MIN &&
        (float)questions <= ASKED_MAX * (float)others &&
        (s->labels[hub].hosts ? true : c->turns[0].label == hub)) {
        kinds->parts[hub] = PART_ASKS_IN_QUESTIONS;
        add_askers_beside(kinds, c, hub);
        kinds->any = true;
    }
}

/* Three or more kinds of bullets mark roles: the chair, those who ask, those who answer. */
static void ask_by_bullets(struct turn_kinds *kinds, const struct survey *s,
                           const struct course *c)
{
    uint32_t bullets[8];
    uint32_t follows[8] = {0};
    size_t count = 0, best = 0;
    uint32_t chair = c->count > 0 ? c->turns[0].bullet : 0;
    size_t i, k;

    for (i = 0; i < c->count; i++) /* an extract may begin with a member */
        if (s->labels[c->turns[i].label].chairs)
            chair = c->turns[i].bullet;

    for (i = 0; i < c->count; i++) {
        for (k = 0; k < count && bullets[k] != c->turns[i].bullet; k++)
            continue;
        if (k == count && count < 8)
            bullets[count++] = c->turns[i].bullet;
    }
    if (count < 3 || chair == 0)
        return;
    for (i = 0; i + 1 < c->count; i++) {
        if (c->turns[i + 1].bullet == chair || c->turns[i].bullet == c->turns[i + 1].bullet)
            continue;
        for (k = 0; k < count; k++)
            follows[k] += bullets[k] == c->turns[i].bullet && bullets[k] != chair;
    }
    for (k = 1; k < count; k++)
        if (follows[k] > follows[best] || bullets[best] == chair)
            best = k;
    if (follows[best] == 0)
        return;
    for (i = 0; i < c->count; i++) {
        if (c->turns[i].bullet == bullets[best])
            kinds->parts[c->turns[i].label] = PART_ASKS;
        else if (c->turns[i].bullet == chair)
            kinds->parts[c->turns[i].label] = PART_HOSTS;
    }
    kinds->any = true;
}

/* The next turn that is not the chair's. */
static size_t after_chair(const struct survey *s, const struct course *c, size_t i)
{
    while (i < c->count && s->labels[c->turns[i].label].chairs)
        i++;
    return i;
}

/* In an assembly, members ask, officials answer, and the chair gives the floor to both. */
static void ask_by_offices(struct turn_kinds *kinds, const struct survey *s,
                           const struct course *c)
{
    size_t asked = 0, answered = 0, others = 0, others_ask = 0;
    size_t i;

    for (i = 0; i < c->count; i++) {
        const struct survey_label *label = &s->labels[c->turns[i].label];
        size_t next = after_chair(s, c, i + 1);

        others += !label->member && !label->chairs;
        others_ask += !label->member && !label->chairs && c->turns[i].asks;
        if (!label->member || !c->turns[i].asks)
            continue;
        asked++;
        answered += next < c->count && !s->labels[c->turns[next].label].member;
    }
    if (asked == 0 || (float)answered < HUB_QUESTIONS * (float)asked ||
        (float)others_ask > ASKED_MAX * (float)others)
        return;
    for (i = 0; i < c->count; i++) {
        uint32_t label = c->turns[i].label;

        if (s->labels[label].member)
            kinds->parts[label] = PART_ASKS_IN_QUESTIONS;
        else if (s->labels[label].chairs)
            kinds->parts[label] = PART_HOSTS;
    }
    kinds->any = true;
}

/* After a question, the host gives the floor to a third person or closes. */
static bool hands_on(const struct survey *s, const struct course *c, size_t i)
{
    uint32_t host = c->turns[i + 1].label;
    size_t k;

    if (!s->labels[host].hosts || c->turns[i + 1].asks)
        return false;
    for (k = 0; k < c->count; k++) /* beside a chair, somebody called a host answers as well */
        if (s->labels[c->turns[k].label].chairs && !s->labels[host].chairs)
            return false;
    return i + 2 == c->count || (c->turns[i + 2].label != c->turns[i].label &&
                                 !c->turns[i + 2].asks && c->speakers > 2);
}

/* In a court, whoever presides does not answer. */
static bool presides(struct span label)
{
    static const char *const judges[] = {"审判长", "審判長", "裁判長", "재판장", NULL};

    return span_contains_any(label, judges);
}

/* 被告, 局長: a party or an office, which does not host. */
static bool is_party(const struct survey *s, uint32_t label)
{
    return !presides(s->labels[label].whole) && s->labels[label].shape >= LABEL_TITLE_BITS &&
           !s->labels[label].hosts && !s->labels[label].chairs;
}

/* Whether somebody who never follows a question gives the floor to those who ask. Then a chair
 * who follows them answers. */
static bool has_moderator(const struct turn_kinds *kinds, const struct course *c)
{
    size_t i, k;

    for (i = 0; i + 1 < c->count; i++) {
        uint32_t label = c->turns[i].label;
        size_t before = 0, after = 0, asks = 0;

        if (!c->turns[i].first)
            continue;
        for (k = 0; k < c->count; k++) {
            bool asking = kinds->parts[c->turns[k].label] == PART_ASKS ||
                          kinds->parts[c->turns[k].label] == PART_ASKS_IN_QUESTIONS;

            before += asking && k > 0 && c->turns[k - 1].label == label;
            after += asking && k + 1 < c->count && c->turns[k + 1].label == label;
            asks += asking && c->turns[k].label == label;
        }
        if (before >= MODERATED_MIN && after == 0 && asks == 0)
            return true;
    }
    return false;
}

/* Hosts take the turn directly after a question only to pass it on. */
static void find_hosts(struct turn_kinds *kinds, const struct survey *s, struct course *c)
{
    bool asked = false; /* by somebody with a label */
    bool moderated;
    size_t i;

    for (i = 0; i < c->count; i++)
        asked |= kinds->parts[c->turns[i].label] == PART_ASKS ||
                 kinds->parts[c->turns[i].label] == PART_ASKS_IN_QUESTIONS;
    if (!asked)
        return;
    moderated = has_moderator(kinds, c);
    for (i = 0; i + 1 < c->count; i++)
        if ((kinds->parts[c->turns[i].label] == PART_ASKS ||
             kinds->parts[c->turns[i].label] == PART_ASKS_IN_QUESTIONS) &&
            (moderated || !hands_on(s, c, i)))
            c->after_asker[c->turns[i + 1].label]++;
    for (i = 0; i < c->count; i++) {
        uint32_t label = c->turns[i].label;
        bool silent = c->after_asker[label] == 0;

        if (kinds->parts[label] != PART_ANSWERS || c->speakers < 3)
            continue;
        if ((silent && c->turn_counts[label] >= 2 && !is_party(s, label)) ||
            (silent && i == 0) ||
            (s->labels[label].hosts && c->after_asker[label] * 4 <= c->turn_counts[label]))
            kinds->parts[label] = PART_HOSTS;
    }
}

void turn_kinds_learn(struct turn_kinds *kinds, const struct survey *s,
                      const struct choice *choice)
{
    struct course course = {.count = 0};
    bool reports = false;
    bool by_host = false;

    *kinds = (struct turn_kinds){.part_count = s->label_count};
    kinds->parts = memory_zalloc(s->label_count + 1, 1);
    if (choice->dashes || choice->dashes_alone)
        kinds->any = true;
    gather(&course, s, choice);
    for (size_t i = 0; i < course.count; i++)
        kinds->marked |= s->labels[course.turns[i].label].mark == LABEL_OF_ANSWER;
    if (course.count > 0) {
        ask_by_words(kinds, s, &course, &reports);
        add_hosts_beside(kinds, s, &course);
        if (!kinds->any)
            by_host = ask_as_stated(kinds, s, &course);
        if (!kinds->any)
            ask_by_bullets(kinds, s, &course);
        if (!kinds->any && course.speakers > 2)
            ask_by_offices(kinds, s, &course);
        if (!kinds->any && course.speakers == 2 && course.count >= 2)
            ask_by_course_of_two(kinds, s, &course);
        else if (!kinds->any && course.speakers > 2 && course.count >= 4) {
            ask_by_course_of_many(kinds, s, &course);
            if (!kinds->any)
                by_host = ask_by_host(kinds, s, &course);
            if (!kinds->any)
                ask_alone(kinds, s, &course);
            if (!kinds->any)
                ask_those_who_answer(kinds, s, &course);
        }
        if (kinds->any)
            ask_witnesses(kinds, s, &course);
        if (kinds->any && !by_host)
            find_hosts(kinds, s, &course);
        kinds->any |= reports; /* being called a reporter is not enough to ask */
    }
    free(course.turns);
    free(course.turn_counts);
    free(course.question_counts);
    free(course.after_asker);
}

void turn_kinds_release(struct turn_kinds *kinds)
{
    free(kinds->parts);
    *kinds = (struct turn_kinds){0};
}

bool turn_kinds_asks(const struct turn_kinds *kinds, const struct survey *s, uint32_t label)
{
    if (label < s->label_count)
        label = survey_person(s, label);
    return label < kinds->part_count && kinds->parts[label] == PART_ASKS_IN_QUESTIONS;
}

static enum segment_kind ask(struct turn_kinds *kinds)
{
    kinds->asked = kinds->just_asked = true;
    kinds->answered = false;
    return SEGMENT_QUESTION;
}

/* The record says itself who asks in this turn, and who answers. */
static enum segment_kind kind_by_verb(struct turn_kinds *kinds, uint32_t label,
                                      enum turn_verb verb)
{
    kinds->just_asked = false;
    if (verb == VERB_ASKS)
        return ask(kinds);
    if (verb == VERB_STATES || !kinds->asked) {
        kinds->asked = false;
        return SEGMENT_REMARK;
    }
    kinds->answered = true;
    kinds->answerer = label;
    return SEGMENT_ANSWER;
}

enum segment_kind turn_kinds_next(struct turn_kinds *kinds, const struct survey *s,
                                  uint32_t label, const struct turn_words *words)
{
    enum turn_part part = PART_ANSWERS;
    bool just_asked = kinds->just_asked;
    bool asks = words->asks, thanks = words->only_thanks;

    if (!kinds->any)
        return SEGMENT_UNKNOWN;
    if (label < s->label_count)
        label = survey_person(s, label);
    if (words->verb != VERB_NONE)
        return kind_by_verb(kinds, label, words->verb);
    if (label < s->label_count && s->labels[label].crowd && !asks)
        return SEGMENT_REMARK;
    kinds->just_asked = false;
    if (label < kinds->part_count)
        part = (enum turn_part)kinds->parts[label];
    else if (label < s->label_count && s->labels[label].asks)
        part = PART_ASKS;
    if ((part == PART_ASKS || part == PART_ASKS_IN_QUESTIONS) && thanks && !asks) {
        kinds->asked = false;
        return SEGMENT_REMARK;
    }
    if (part == PART_ASKS || (part == PART_ASKS_IN_QUESTIONS && asks))
        return ask(kinds);
    if (part == PART_HOSTS) {
        /* Between a question and its answer, the host passes it on. */
        if (kinds->answered)
            kinds->asked = false;
        return SEGMENT_REMARK;
    }
    if (part == PART_ASKS_IN_QUESTIONS || !kinds->asked || (thanks && !just_asked))
        return SEGMENT_REMARK;
    /* "MR. VANCE: Objection." between Q. and A. */
    if (kinds->marked && label < s->label_count && s->labels[label].mark == LABEL_OF_NONE &&
        !vocabulary_is_witness(s->labels[label].key))
        return SEGMENT_REMARK;
    /* Whoever thanks the one who answered, or asks for other topics, turns to somebody else.
     */
    if ((words->begins_with_thanks || (asks && !just_asked)) && kinds->answered &&
        label != kinds->answerer)
        return SEGMENT_REMARK;
    kinds->answered = true;
    kinds->answerer = label;
    return SEGMENT_ANSWER;
}
