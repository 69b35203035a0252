/* Whether a list in JSON is speech: what people say, rather than data about things that also
 * has names, times and texts. */
#ifndef SHILU_FORMATS_JSON_SURVEY_JSON_SPEECH_H
#define SHILU_FORMATS_JSON_SURVEY_JSON_SPEECH_H

#include "formats/json/survey/json_list.h"

/* Whether something says who speaks: a member, a channel, or a list around this one. */
bool json_speech_has_speaker(const struct json_list *list);

/* Whether the speaker's member can only mean a speaker, or says who it is. */
bool json_speech_names_speaker(const struct json_list *list);

/* Whether the list may be the words of a transcript. */
bool json_speech_qualifies(const struct json_list *list);

#endif
