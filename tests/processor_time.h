/* Processor time of the test: other programs on the machine do not count. */
#ifndef SHILU_TESTS_PROCESSOR_TIME_H
#define SHILU_TESTS_PROCESSOR_TIME_H

#include <stdint.h>
#include <time.h>

static inline int64_t processor_ms(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

#endif
