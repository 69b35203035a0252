/* File ID. No state. */
#include "shilu/store/file_id.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shilu/base/hash.h"
#include "shilu/base/memory.h"

void file_id_hash(const char *bytes, size_t count, char out[FILE_ID_HASH_BYTES])
{
    snprintf(out, FILE_ID_HASH_BYTES, "%016llx", (unsigned long long)hash_fnv1a(bytes, count));
}

bool file_id_read_head(const char *path, size_t bytes, struct file_id_head *head)
{
    char data[FILE_ID_HEAD_BYTES];
    struct stat file;
    size_t got = 0;
    ssize_t n = 0;
    int fd;

    if (stat(path, &file) != 0 || !S_ISREG(file.st_mode))
        return false; /* opening a pipe would affect its writer */
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0)
        return false;
    while (got < bytes && (n = pread(fd, data + got, bytes - got, (off_t)got)) > 0)
        got += (size_t)n;
    close(fd);
    if (n < 0 || got == 0)
        return false;
    head->bytes = got;
    file_id_hash(data, got, head->hash);
    return true;
}

bool file_id_is(const char *path, double bytes, const char *hash)
{
    struct file_id_head head;

    return bytes >= 1 && bytes <= FILE_ID_HEAD_BYTES &&
           file_id_read_head(path, (size_t)bytes, &head) && (double)head.bytes == bytes &&
           strcmp(head.hash, hash) == 0;
}

char *file_id_key(const char *path)
{
    char *real = realpath(path, NULL);
    char *key;
    char *to;

    if (real == NULL)
        return NULL;
    key = to = memory_alloc(strlen(real) * 3 + 1);
    for (const unsigned char *p = (const unsigned char *)real; *p != '\0'; p++) {
        if (*p >= 0x20 && *p < 0x7F && *p != '%')
            *to++ = (char)*p;
        else
            to += snprintf(to, 4, "%%%02X", *p);
    }
    *to = '\0';
    free(real);
    return key;
}

char *file_id_path(const char *key)
{
    char *path = memory_strdup(key);
    char *to = path;

    for (; *key != '\0'; key++) {
        unsigned byte;

        if (*key == '%' && sscanf(key + 1, "%2x", &byte) == 1 && byte != 0) {
            *to++ = (char)byte;
            key += 2;
        } else
            *to++ = *key;
    }
    *to = '\0';
    return path;
}
