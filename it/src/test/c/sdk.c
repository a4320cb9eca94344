/* A program that uses the SDK: describes the smallest module, and prints the version of each core. */
#include <stdio.h>
#include <stowage_wasm_rust.h>

#ifdef WITH_GO
#include <stowage_wasm_go.h>
#endif

static int describe(void) {
  static const uint8_t module[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
  swr_buffer out, error;
  int32_t status = swr_describe(module, sizeof module, &out, &error);
  if (status != SWR_OK) {
    fprintf(stderr, "status %d: %.*s\n", (int)status, (int)error.len, (const char *)error.ptr);
    swr_buffer_free(&error);
    return 1;
  }
  /* Format 1, then eight empty lists: nine numbers of four bytes. */
  printf("description: format %d, %d bytes\n", out.ptr[0], (int)out.len);
  swr_buffer_free(&out);
  return 0;
}

int main(void) {
  swr_buffer version;
  if (describe() != 0 || swr_version(&version, NULL) != SWR_OK) {
    return 1;
  }
  printf("rust %.*s\n", (int)version.len, (const char *)version.ptr);
  swr_buffer_free(&version);
#ifdef WITH_GO
  swg_buffer go;
  if (swg_version(&go, NULL) != SWG_OK) {
    return 1;
  }
  printf("go %.*s\n", (int)go.len, (const char *)go.ptr);
  swg_buffer_free(&go);
#endif
  return 0;
}
