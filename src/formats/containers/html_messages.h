/* Messages in a page: the page of a chat repeats one structure of elements, and one of them
 * names who wrote the message. */
#ifndef SHILU_FORMATS_HTML_MESSAGES_H
#define SHILU_FORMATS_HTML_MESSAGES_H

#include "formats/containers/html_page.h"

/* Find the element, by its tag and class, that names who wrote each message. Set these names in
 * bold, and make each message one paragraph with several lines. *root is the element that holds
 * all messages. False, with nothing changed, if the page has no messages. */
bool html_messages_find(struct html_page *page, uint32_t *root);

#endif
