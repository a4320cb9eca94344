/*
 * Greetings. Every function may be called from any thread.
 *
 * Status   0 is success. After any other, error has a text in UTF-8 and all results are 0 or empty. error may
 * be NULL. Input    A pointer and a length, borrowed for the call. Text is UTF-8. Output   A greet_buffer
 * belongs to the caller, who frees it with greet_buffer_free.
 */
#ifndef GREET_H
#define GREET_H

#include <stddef.h>
#include <stdint.h>

typedef struct greet_buffer {
  uint8_t *ptr;
  size_t len;
  size_t cap;
} greet_buffer;

/* Is called with each person, on the thread of the call. Anything but 0 ends it with status 2. */
typedef int32_t (*greet_met_fn)(void *ctx, int64_t person);

/* Frees a buffer and empties it; an empty one stays as it is. */
void greet_buffer_free(greet_buffer *buffer);

/* Stores the bytes in reverse order. */
int32_t greet_reversed(const uint8_t *bytes, size_t len, greet_buffer *out, greet_buffer *error);

/* Stores a greeting of a name. */
int32_t greet_hello(const uint8_t *name, size_t len, greet_buffer *out, greet_buffer *error);

/* Stores how many greetings 0, 1, ... len - 1 people exchange when each greets all others. */
int32_t greet_table(uint64_t *out, size_t len, greet_buffer *error);

/* The same for one number of people; a negative one is status 1. */
int32_t greet_count(int64_t people, int64_t *out, greet_buffer *error);

/* Meets people one after the other. ctx is for met. */
int32_t greet_each(int64_t people, greet_met_fn met, void *ctx, greet_buffer *error);

/* Counts the different bytes of a password. Keeps no copy. */
int32_t greet_strength(const uint8_t *password, size_t len, int32_t *out, greet_buffer *error);

#endif
