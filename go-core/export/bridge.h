/* What the Go side needs on top of the public types; not part of the header that users see. */
#ifndef SWG_BRIDGE_H
#define SWG_BRIDGE_H

#include "abi.h"

#include <stdlib.h>

/* Go has no const: cgo writes this name into the prototypes, ci/header puts `const uint8_t` back. */
typedef const uint8_t swg_const_byte;

/* cgo's own C.malloc ends the process when there is no memory; this one returns NULL. */
static inline void *swg_allocate(size_t size) {
  return malloc(size);
}

/* Go cannot call a C function pointer. */
static inline int32_t swg_report(swg_progress_fn progress, void *ctx, const uint8_t *blob, size_t blob_len,
                                 int64_t done, int64_t total) {
  return progress(ctx, blob, blob_len, done, total);
}

#endif
