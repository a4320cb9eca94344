/*
 * bcryptprimitives.dll for wine 8, which lacks it; Rust's std gets random bytes from it. For tests
 * only, never packed. Both functions follow Microsoft's documentation (ProcessPrng;
 * SystemFunction036 is RtlGenRandom).
 */
enum { MOST = 1 << 28 };

int __stdcall SystemFunction036(void *data, unsigned long size);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *data, unsigned long long size) {
  while (size > 0) {
    unsigned long part = size > MOST ? (unsigned long)MOST : (unsigned long)size;
    if (!SystemFunction036(data, part)) {
      return 0;
    }
    data += part;
    size -= part;
  }
  return 1;
}

int __stdcall DllMain(void *module, unsigned long reason, void *reserved) {
  (void)module;
  (void)reason;
  (void)reserved;
  return 1;
}
