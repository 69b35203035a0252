/* Embedded files: compiled into the program by tools/embed.sh, so that it needs no files beside
 * it. The build generates the lists. */
#ifndef SHILU_BASE_EMBEDDED_FILE_H
#define SHILU_BASE_EMBEDDED_FILE_H

struct embedded_file {
    const char *name; /* without folder and extension: "ink", "shilu-formats"; NULL ends a
                       * list */
    const char *text;
};

extern const struct embedded_file embedded_themes[]; /* JSON, in libstore */
extern const struct embedded_file embedded_manual[]; /* plain text, in libcli */
extern const struct embedded_file embedded_manual_zh_TW[];

/* The text with that name, or NULL. */
const char *embedded_file_find(const struct embedded_file *list, const char *name);

#endif
