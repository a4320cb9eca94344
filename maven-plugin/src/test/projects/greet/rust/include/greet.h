#ifndef GREET_H
#define GREET_H
#include <stdint.h>
/* How many greetings people exchange when each greets all others. */
int64_t greet_count(int64_t people);
#endif
