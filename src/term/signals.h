/* Signals: what they ask for, kept until it is read. A handler sets its flag, wakes the loop
 * through a pipe, and does nothing else. */
#ifndef SHILU_TERM_SIGNALS_H
#define SHILU_TERM_SIGNALS_H

#include "shilu/base/error.h"

enum signal_flag {
    SIGNAL_RESIZED,    /* SIGWINCH */
    SIGNAL_STOP,       /* SIGTSTP */
    SIGNAL_CONTINUED,  /* SIGCONT */
    SIGNAL_HANGUP,     /* SIGHUP */
    SIGNAL_TERMINATED, /* SIGTERM, SIGQUIT */
    SIGNAL_INTERRUPT,  /* SIGINT */
    SIGNAL_FLAG_COUNT
};

/* One at a time. SIGPIPE is ignored meanwhile; SIGHUP and SIGTSTP stay ignored if they were
 * (nohup, a shell without job control). */
bool signals_start(struct error *err);
void signals_stop(void);

int signals_fd(void);                      /* readable when a flag is set */
bool signals_take(enum signal_flag which); /* true once for each time it was set */
bool signals_is_set(enum signal_flag which);
void signals_clear_fd(void); /* before taking, so that none is missed */

/* If the program crashes (SIGSEGV and similar signals, abort): call `restore`, which must be
 * async-signal-safe, and then end as usual. signals_stop undoes this. */
void signals_on_crash(void (*restore)(void));

/* Stop this process and its job as the terminal's ^Z would; returns when continued. */
void signals_suspend(void);

#endif
