/* The Japanese Diet's records in JSON, as returned by the National Diet Library's interface. */
#include "formats/readers.h"

#include <string.h>

#include "formats/json/foreign_json.h"
#include "formats/json/json_value.h"
#include "formats/parliaments/diet_meetings.h"
#include "shilu/base/translate.h"

static void diet_release(void *state)
{
    diet_meetings_release(state);
}

static const char *position_of(struct json_ref record)
{
    const char *position = json_value_text(record, "speakerPosition");

    return position != NULL && *position != '\0' ? position
                                                 : json_value_text(record, "speakerRole");
}

/* The facts of a meeting are in each of its speeches, or in the meeting around them. */
static void hold(struct foreign_json *f, struct json_ref record, struct json_ref facts)
{
    struct diet_record r = {.issue_id = json_value_text(facts, "issueID"),
                            .house = json_value_text(facts, "nameOfHouse"),
                            .meeting = json_value_text(facts, "nameOfMeeting"),
                            .issue = json_value_text(facts, "issue"),
                            .date = json_value_text(facts, "date"),
                            .speech = json_value_text(record, "speech"),
                            .speaker = json_value_text(record, "speaker"),
                            .position = position_of(record),
                            .group = json_value_text(record, "speakerGroup")};

    if (r.speech == NULL) {
        foreign_json_error(f, "a record without \"speech\"");
        return;
    }
    json_number(json_get(record, "speechOrder"), &r.order);
    diet_meetings_add(f->state, &r);
}

static bool diet_take(struct foreign_json *f, struct json_ref value, struct error *err)
{
    struct json_ref record;

    (void)err;
    if (strcmp(f->path, "speechRecord") == 0) {
        hold(f, value, value);
        return true;
    }
    JSON_EACH(record, json_get(value, "speechRecord"))
    hold(f, record, value);
    return true;
}

static bool diet_finish(struct foreign_json *f, struct error *err)
{
    return diet_meetings_emit(f->state, f->context, err);
}

static const char *const diet_arrays[] = {"speechRecord", "meetingRecord", NULL};
static const char *const diet_members[] = {NULL};

static const struct foreign_json_format diet_format = {
    .terminated = true,
    .arrays = diet_arrays,
    .members = diet_members,
    .state_bytes = sizeof(struct diet_meetings),
    .take = diet_take,
    .finish = diet_finish,
    .release = diet_release};

static void *diet_open(void)
{
    return foreign_json_open(&diet_format);
}

static int diet_detect(const struct json_tree *head)
{
    return json_path(json_root(head), "speechRecord.0.speech").node != NULL ||
                   json_path(json_root(head), "speechRecord.0.speechID").node != NULL ||
                   json_path(json_root(head), "meetingRecord.0.issueID").node != NULL
               ? CONFIDENCE_CERTAIN - 1
               : CONFIDENCE_NO;
}

const struct reader_ops reader_ndl_diet = {
    .name = "ndl-diet",
    .title = N_("Japanese Diet record (NDL)"),
    .detect_json = diet_detect,
    .by_result = true,
    .open = diet_open,
    .next = foreign_json_next,
    .close = foreign_json_close,
};
