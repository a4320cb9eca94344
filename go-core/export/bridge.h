/* Declarations that the Go code needs in addition to the public types. Users do not get this header. */
#ifndef SWG_BRIDGE_H
#define SWG_BRIDGE_H

#include "abi.h"

#include <stdlib.h>

/* Go has no const. The exports use this type, and internal/headergen writes `const uint8_t` for it. */
typedef const uint8_t swg_const_byte;

/* C.malloc of cgo ends the process if memory runs out; this function returns NULL. */
static inline void *swg_allocate(size_t size) {
  return malloc(size);
}

/* Go cannot call a C function pointer. */
static inline int32_t swg_report(swg_progress_fn progress, void *ctx, const uint8_t *blob, size_t blob_len,
                                 int64_t done, int64_t total) {
  return progress(ctx, blob, blob_len, done, total);
}

#endif
