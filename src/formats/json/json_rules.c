/* JSON rules: paths become a tree of steps, so that a single walk over a value finds everything
 * that the rules ask for. */
#include "formats/json/json_rules.h"

#include <stdlib.h>
#include <string.h>

#include "shilu/base/memory.h"

bool json_gives_items(enum json_gives gives)
{
    return gives <= GIVES_CHAPTER;
}

/* ------------------------------------------------------------------------ steps */

/* "[12]" at the start of a path. */
static bool take_index(struct span *path, uint16_t *index)
{
    size_t at = 1;
    unsigned number = 0;

    if (path->length < 3 || *path->data != '[')
        return false;
    for (; at < path->length && path->data[at] >= '0' && path->data[at] <= '9'; at++)
        number = number * 10 + (unsigned)(path->data[at] - '0');
    if (at == 1 || at == path->length || path->data[at] != ']' || number > 99)
        return false;
    *index = (uint16_t)number;
    *path = span_skip(*path, at + 1);
    return true;
}

/* The next step of a path: a name or something in brackets. */
static bool take_step(struct span *path, struct json_rule_node *node)
{
    static const struct {
        const char *text;
        enum json_step step;
    } steps[] = {{"[]", STEP_EACH},
                 {"{}", STEP_EACH_MEMBER},
                 {"<>", STEP_PARSED},
                 {"[-1]", STEP_LAST},
                 {"[best]", STEP_BEST}};
    size_t bytes = 0;
    size_t i;

    *node = (struct json_rule_node){.name = span_of("", 0)};
    span_take(path, ".");
    if (path->length == 0)
        return false;
    for (i = 0; i < sizeof steps / sizeof *steps; i++) {
        node->step = steps[i].step;
        if (span_take(path, steps[i].text))
            return true;
    }
    node->step = STEP_AT;
    if (take_index(path, &node->index))
        return true;
    while (bytes < path->length && memchr(".[{<", path->data[bytes], 4) == NULL)
        bytes++;
    node->step = STEP_MEMBER;
    node->name = span_of(path->data, bytes);
    *path = span_skip(*path, bytes);
    return bytes > 0;
}

static const struct json_rule_node no_step = {.name = {"", 0}};

static uint16_t add_node(struct json_rules *r, const struct json_rule_node *node)
{
    MEMORY_RESERVE(r->nodes, r->node_capacity, r->node_count + 1);
    r->nodes[r->node_count] = *node;
    return (uint16_t)r->node_count++;
}

static uint16_t child_for(struct json_rules *r, uint16_t parent,
                          const struct json_rule_node *step)
{
    uint16_t last = 0;
    uint16_t child;

    for (child = r->nodes[parent].child; child != 0; child = r->nodes[child].sibling) {
        const struct json_rule_node *n = &r->nodes[child];

        if (n->step == step->step && n->index == step->index && span_equal(n->name, step->name))
            return child;
        last = child;
    }
    child = add_node(r, step);
    if (last != 0)
        r->nodes[last].sibling = child;
    else
        r->nodes[parent].child = child;
    return child;
}

/* Add the steps of a path below a node, marking those that lead to items. */
static void add_path(struct json_rules *r, uint16_t node, struct span path, uint16_t rule)
{
    bool items = json_gives_items(r->rules[rule - 1].gives);
    struct json_rule_node step;
    uint16_t at;

    r->nodes[node].has_items |= items;
    while (take_step(&path, &step)) {
        node = child_for(r, node, &step);
        r->nodes[node].has_items |= items;
    }
    if (r->nodes[node].rule == 0) {
        r->nodes[node].rule = rule;
        return;
    }
    for (at = r->nodes[node].rule; r->next_rule[at] != 0; at = r->next_rule[at])
        continue;
    r->next_rule[at] = rule;
}

/* ------------------------------------------------------------------------ roots */

static uint16_t root_for(struct json_rules *r, struct span path)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (span_is(path, r->roots[i].path))
            return r->roots[i].node;
    }
    MEMORY_RESERVE(r->roots, r->root_capacity, r->root_count + 1);
    r->roots[r->root_count].path = memory_strndup(path.data, path.length);
    r->roots[r->root_count].node = add_node(r, &no_step);
    return r->roots[r->root_count++].node;
}

/* The length of a path before its first "[]"; the whole length if a step other than a name
 * comes first. */
static size_t array_bytes(struct span path)
{
    size_t bytes = 0;

    while (bytes < path.length && memchr("[{<", path.data[bytes], 3) == NULL)
        bytes++;
    return span_starts_with(span_skip(path, bytes), "[]") ? bytes : path.length;
}

/* Whether an array of the table is below this path. */
static bool leads_to_array(const struct json_rules *r, struct span path)
{
    size_t i;

    for (i = 0; i < r->rule_count; i++) {
        struct span other = span_string(r->rules[i].path);
        size_t bytes = array_bytes(other);

        if (bytes < other.length && bytes > path.length && other.data[path.length] == '.' &&
            memcmp(other.data, path.data, path.length) == 0)
            return true;
    }
    return false;
}

/* A member is given out where the stream does not descend into it. */
static size_t member_bytes(const struct json_rules *r, struct span path)
{
    size_t bytes = 0;

    do {
        bytes += bytes > 0;
        while (bytes < path.length && memchr(".[{<", path.data[bytes], 4) == NULL)
            bytes++;
    } while (bytes < path.length && path.data[bytes] == '.' &&
             leads_to_array(r, span_of(path.data, bytes)));
    return bytes;
}

/* The node for the elements of an array; 0 if no rule asks for them. */
static uint16_t each_below(const struct json_rules *r, uint16_t node)
{
    uint16_t child = r->nodes[node].child;

    while (child != 0 && r->nodes[child].step != STEP_EACH)
        child = r->nodes[child].sibling;
    return child;
}

static void list_roots(struct json_rules *r)
{
    size_t arrays = 0;
    size_t members = 0;
    size_t i;

    r->arrays = memory_zalloc(r->root_count + 1, sizeof *r->arrays);
    r->members = memory_zalloc(r->root_count + 1, sizeof *r->members);
    for (i = 0; i < r->root_count; i++) {
        uint16_t node = r->roots[i].node;
        uint16_t each = each_below(r, node);

        if (each != 0)
            r->arrays[arrays++] = r->roots[i].path;
        if (each == 0 || r->nodes[node].child != each || r->nodes[each].sibling != 0)
            r->members[members++] = r->roots[i].path;
    }
}

void json_rules_init(struct json_rules *r, const struct json_rule *rules, size_t count)
{
    size_t i;

    *r = (struct json_rules){.rules = rules, .rule_count = count};
    r->next_rule = memory_zalloc(count + 1, sizeof *r->next_rule);
    add_node(r, &no_step);
    for (i = 0; i < count; i++) {
        struct span path = span_string(rules[i].path);
        size_t bytes = array_bytes(path);

        if (bytes == path.length)
            bytes = member_bytes(r, path);
        add_path(r, root_for(r, span_of(path.data, bytes)), span_skip(path, bytes),
                 (uint16_t)(i + 1));
    }
    list_roots(r);
}

void json_rules_release(struct json_rules *r)
{
    size_t i;

    for (i = 0; i < r->root_count; i++)
        free(r->roots[i].path);
    free(r->roots);
    free(r->nodes);
    free(r->next_rule);
    free(r->arrays);
    free(r->members);
    *r = (struct json_rules){0};
}

/* The stream gives out the elements of an array; steps after "[]" apply to those. */
uint16_t json_rules_root(const struct json_rules *r, const char *path, bool element)
{
    size_t i;

    for (i = 0; i < r->root_count; i++) {
        if (strcmp(r->roots[i].path, path) == 0) {
            uint16_t node = r->roots[i].node;
            uint16_t each = each_below(r, node);

            return element && each != 0 ? each : node;
        }
    }
    return 0;
}

uint16_t json_rules_member(const struct json_rules *r, uint16_t node, struct span name)
{
    uint16_t child;

    for (child = r->nodes[node].child; child != 0; child = r->nodes[child].sibling) {
        const struct json_rule_node *n = &r->nodes[child];

        if (n->step == STEP_MEMBER && n->name.length == name.length &&
            memcmp(n->name.data, name.data, name.length) == 0)
            return child;
    }
    return 0;
}
