/* The walk along the rules of a table.
 *
 * What is in an object counts for the lists inside it: so an object's own values are taken
 * first, then its lists. */
#include "formats/json/reader/json_walk.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "formats/common/emit.h"
#include "formats/json/foreign_json.h"
#include "formats/json/json_text.h"
#include "formats/json/json_value.h"
#include "formats/json/reader/json_item.h"
#include "formats/json/reader/json_item_value.h"
#include "formats/json/survey/json_evidence.h"

enum { LISTS_MAX = 8 }; /* in one object */

/* The lists of the current object, kept until its own values are known. */
struct lists {
    struct {
        uint16_t node;
        struct json_ref value;
    } list[LISTS_MAX];
    size_t count;
};

static bool visit(struct json_reader *r, uint16_t node, struct json_ref value,
                  struct json_frame *frame, struct error *err);

static void report(struct json_reader *r, const char *what, struct span words)
{
    diagnostics_add(r->f->context->diagnostics, SEVERITY_WARNING, foreign_json_line(r->f), 0,
                    what, (int)(words.length < 100 ? words.length : 100), words.data);
}

/* A status with which services report a job that succeeded. */
static bool is_done(struct span status)
{
    static const char *const words[] = {"completed", "complete",  "done",     "success",
                                        "succeeded", "ok",        "finished", "ready",
                                        "final",     "processed", NULL};
    const char *const *word;

    for (word = words; *word != NULL; word++) {
        if (strlen(*word) == status.length &&
            strncasecmp(*word, status.data, status.length) == 0)
            return true;
    }
    return false;
}

static void take_fact(struct json_reader *r, enum json_gives gives, struct json_ref value)
{
    static const struct {
        enum json_gives gives;
        enum transcript_field field;
    } fields[] = {{GIVES_TITLE, FIELD_TITLE},
                  {GIVES_LANGUAGE, FIELD_LANGUAGE},
                  {GIVES_DATE, FIELD_DATE},
                  {GIVES_VENUE, FIELD_VENUE},
                  {GIVES_URL, FIELD_SOURCE_URL}};
    struct span words = json_string(value);
    char date[CIVIL_TEXT];
    size_t i;

    if (gives == GIVES_DATE && json_value_date(value, date)) {
        emit_field(r->f->context, FIELD_DATE, date, strlen(date));
        return;
    }
    for (i = 0; i < sizeof fields / sizeof *fields; i++) {
        if (fields[i].gives == gives)
            foreign_json_set(r->f, fields[i].field, value);
    }
    if (gives == GIVES_WHOLE_TEXT && r->whole.bytes == 0)
        buffer_append(&r->whole, words.data, words.length);
    else if (gives == GIVES_WHOLE_TEXT && words.length > 0)
        json_text_join(&r->whole, words);
    else if (gives == GIVES_OFFSET && json_value_seconds_ms(value) != TIME_NONE)
        r->offset_ms = json_value_seconds_ms(value);
    else if (gives == GIVES_STATUS && words.length > 0 && !is_done(words))
        report(r, "the job's status is '%.*s'", words);
    else if (gives == GIVES_PROBLEM && words.length > 0)
        report(r, "the service says: %.*s", words);
}

/* Values around an element apply to it. */
static void begin_group(struct json_frame *frame, struct json_frame *parent)
{
    static const enum json_gives inherited[] = {GIVES_SPEAKER, GIVES_CHANNEL, GIVES_ROLE,
                                                GIVES_ORGANIZATION, GIVES_HEADING};
    size_t i;

    *frame = (struct json_frame){
        .kind = GIVES_COUNT, .parent = parent, .outlet = parent->outlet};
    for (i = 0; i < sizeof inherited / sizeof *inherited; i++)
        frame->value[inherited[i]] = parent->value[inherited[i]];
}

static struct json_ref best_of(struct json_ref array)
{
    struct json_ref best = json_first(array);
    struct json_ref item;
    double best_confidence = -1;

    JSON_EACH(item, array)
    {
        double confidence = 0;

        if (!json_number(json_get(item, "confidence"), &confidence))
            json_number(json_get(item, "Confidence"), &confidence);
        if (confidence > best_confidence) {
            best = item;
            best_confidence = confidence;
        }
    }
    return best;
}

static struct json_ref element_of(struct json_ref array, const struct json_rule_node *step)
{
    switch (step->step) {
    case STEP_AT:
        return json_at(array, step->index);
    case STEP_LAST:
        return json_at(array, json_count(array) - 1);
    case STEP_BEST:
        return best_of(array);
    case STEP_MEMBER:
    case STEP_EACH:
    case STEP_EACH_MEMBER:
    case STEP_PARSED:
        break;
    }
    return JSON_REF_NONE;
}

/* The rule that makes an item of the value at a node; 0 for none. */
static uint16_t item_rule_of(const struct json_reader *r, uint16_t node)
{
    uint16_t found = 0;
    uint16_t rule;

    for (rule = r->rules.nodes[node].rule; rule != 0; rule = r->rules.next_rule[rule]) {
        if (json_gives_items(r->rules.rules[rule - 1].gives))
            found = rule;
    }
    return found;
}

/* The values of one element do not apply to the next. */
static bool visit_each(struct json_reader *r, uint16_t child, struct json_ref value,
                       struct json_frame *frame, struct error *err)
{
    bool items = item_rule_of(r, child) > 0; /* items begin a frame of their own */
    struct json_ref item;

    JSON_EACH(item, value)
    {
        struct json_frame group;

        if (!items)
            begin_group(&group, frame);
        if (!visit(r, child, item, items ? frame : &group, err))
            return false;
        if (!items)
            frame->holds_items |= group.holds_items;
    }
    return true;
}

/* The values of a whole element come before the lists inside it. */
static bool visit_array(struct json_reader *r, uint16_t node, struct json_ref array,
                        struct json_frame *frame, struct error *err)
{
    uint16_t child;

    for (child = r->rules.nodes[node].child; child != 0;
         child = r->rules.nodes[child].sibling) {
        const struct json_rule_node *step = &r->rules.nodes[child];
        struct json_ref item = JSON_REF_NONE;

        if (step->step == STEP_EACH && !visit_each(r, child, array, frame, err))
            return false;
        if (step->step != STEP_EACH)
            item = element_of(array, step);
        if (item.node != NULL && !visit(r, child, item, frame, err))
            return false;
    }
    return true;
}

static bool visit_members(struct json_reader *r, uint16_t node, struct json_ref object,
                          struct json_frame *frame, struct error *err)
{
    uint16_t child;

    for (child = r->rules.nodes[node].child; child != 0;
         child = r->rules.nodes[child].sibling) {
        if (r->rules.nodes[child].step == STEP_EACH_MEMBER &&
            !visit_each(r, child, object, frame, err))
            return false;
    }
    return true;
}

/* Whether something else is where an utterance's list of words should be. */
static bool lacks_list(const struct json_reader *r, uint16_t node, struct json_ref value)
{
    const struct json_rule_node *n = &r->rules.nodes[node];

    return n->has_items && n->rule == 0 && r->rules.nodes[n->child].step == STEP_EACH &&
           json_value_is_given(value) && json_type(value) < JSON_ARRAY;
}

static bool visit_object(struct json_reader *r, uint16_t node, struct json_ref object,
                         struct json_frame *frame, struct error *err)
{
    struct lists lists = {.count = 0};
    struct json_ref member;
    size_t i;

    JSON_EACH(member, object)
    {
        uint16_t child = json_rules_member(&r->rules, node, json_name(member));

        if (child == 0)
            continue;
        if (frame->kind == GIVES_UTTERANCE && lacks_list(r, child, member))
            foreign_json_error(r->f, "a list was expected here");
        if (r->rules.nodes[child].has_items && lists.count < LISTS_MAX) {
            lists.list[lists.count].node = child;
            lists.list[lists.count++].value = member;
        } else if (!visit(r, child, member, frame, err)) {
            return false;
        }
    }
    frame->has_text = frame->kind == GIVES_UTTERANCE && !r->labelled &&
                      span_trim(json_item_text(r, frame->value[GIVES_TEXT])).length > 0;
    for (i = 0; i < lists.count && !json_is_interim(frame->value[GIVES_FINAL]); i++) {
        if (!visit(r, lists.list[i].node, lists.list[i].value, frame, err))
            return false;
    }
    return visit_members(r, node, object, frame, err);
}

/* "min": 1, "sec": 2: a part of the moment at which an element starts or ends. */
static void add_part(struct json_frame *frame, const struct json_rule *rule,
                     struct json_ref value)
{
    struct json_time *sum = &frame->sum[rule->gives - GIVES_START];
    enum json_clock_part part = (enum json_clock_part)(rule->unit - JSON_UNIT_PART);
    struct json_time time = json_value_time(value);

    if (!json_value_is_given(value) || sum->kind == JSON_TIME_BAD)
        return;
    if (time.kind != JSON_TIME_NUMBER || !(fabs(time.number) < 1e9)) {
        sum->kind = JSON_TIME_BAD;
        return;
    }
    sum->kind = JSON_TIME_EXACT;
    sum->ms += llround(time.number * json_value_part_ms(part));
    if (part == CLOCK_FRAMES)
        sum->frames = (int)fmin(fmax(time.number, 0), 1000);
}

static void take_value(struct json_reader *r, uint16_t rule, struct json_ref value,
                       struct json_frame *frame)
{
    enum json_gives gives = r->rules.rules[rule - 1].gives;

    if (r->rules.rules[rule - 1].unit >= JSON_UNIT_PART) {
        add_part(frame, &r->rules.rules[rule - 1], value);
        if (!json_value_is_given(frame->value[gives]))
            frame->value[gives] = value; /* to say what cannot be read */
        return;
    }
    if (gives > GIVES_HEADING) {
        take_fact(r, gives, value);
        return;
    }
    if (!json_value_is_given(value) && frame->rank[gives] > 0)
        return;
    if (frame->rank[gives] > 0 && frame->rank[gives] <= rule &&
        json_value_is_given(frame->value[gives]))
        return;
    if (gives == GIVES_DAY && drafts_get(r->f->context->drafts, FIELD_DATE) == NULL)
        foreign_json_set(r->f, FIELD_DATE, value);
    frame->value[gives] = value;
    frame->rank[gives] = rule;
    frame->unit[gives] = r->rules.rules[rule - 1].unit;
}

/* What an item inherits from those around it. */
static void begin_item(struct json_reader *r, struct json_frame *frame,
                       struct json_frame *parent, uint16_t rule)
{
    uint8_t outlet = r->outlet_of_rule[rule];

    begin_group(frame, parent);
    frame->kind = r->rules.rules[rule - 1].gives;
    frame->outlet = outlet > 0 ? (uint8_t)(outlet - 1) : parent->outlet;
    frame->gathered = r->gathered_count;
}

/* JSON in a string. Its items end before its tree is freed. */
static bool visit_string(struct json_reader *r, uint16_t node, struct json_ref value,
                         struct json_frame *frame, struct error *err)
{
    struct json_tree inner = {0};
    struct json_frame group;
    uint16_t child = r->rules.nodes[node].child;
    bool ok;

    while (child != 0 && r->rules.nodes[child].step != STEP_PARSED)
        child = r->rules.nodes[child].sibling;
    if (child == 0)
        return true;
    json_tree_parse(&inner, json_string(value).data, json_string(value).length);
    begin_group(&group, frame);
    ok = inner.count == 0 || visit(r, child, json_root(&inner), &group, err);
    frame->holds_items |= group.holds_items;
    json_tree_release(&inner);
    return ok;
}

static bool visit_inside(struct json_reader *r, uint16_t node, struct json_ref value,
                         struct json_frame *frame, struct error *err)
{
    if (json_is(value, JSON_STRING))
        return visit_string(r, node, value, frame, err);
    if (json_is(value, JSON_OBJECT))
        return visit_object(r, node, value, frame, err);
    return !json_is(value, JSON_ARRAY) || visit_array(r, node, value, frame, err);
}

static bool visit(struct json_reader *r, uint16_t node, struct json_ref value,
                  struct json_frame *frame, struct error *err)
{
    struct json_frame item;
    uint16_t item_rule = item_rule_of(r, node);
    uint16_t rule;

    if (item_rule > 0) {
        begin_item(r, &item, frame, item_rule);
        item.self = value;
        frame->holds_items = true;
        frame = &item;
    }
    for (rule = r->rules.nodes[node].rule; rule != 0; rule = r->rules.next_rule[rule]) {
        if (rule != item_rule)
            take_value(r, rule, value, frame);
    }
    if (!visit_inside(r, node, value, frame, err))
        return false;
    return item_rule == 0 || json_is_interim(frame->value[GIVES_FINAL]) ||
           json_item_end(r, frame, err);
}

bool json_walk_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_reader *r = *(struct json_reader **)f->state;
    uint16_t node = json_rules_root(&r->rules, f->path, f->element);
    struct json_frame frame = {.kind = GIVES_COUNT};

    r->f = f;
    r->tree = value.tree;
    r->line_byte = r->line_ends = 0;
    r->elements++;
    r->gathered_count = 0;
    if ((r->format->flags & JSON_FORMAT_HEADER) != 0 && r->elements == 1)
        return true;
    if (!json_is(value, JSON_OBJECT) && (r->format->flags & JSON_FORMAT_EVENTS) != 0)
        foreign_json_error(f, "an element of the list has no words");
    return node == 0 || visit(r, node, value, &frame, err);
}
