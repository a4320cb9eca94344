package oci

import (
	"os"
	"path/filepath"
	"syscall"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

const lockExclusive = 2 // LOCKFILE_EXCLUSIVE_LOCK of fileapi.h

// lockDirectory waits until no other thread or process packs into dir. Windows locks no directories, so
// there is a file, which stays; the system drops the lock when a process is killed.
func lockDirectory(dir string) (unlock func(), err error) {
	file, err := os.OpenFile(filepath.Join(dir, ".stowage-lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	var where syscall.Overlapped
	ok, _, err := lockFileEx.Call(file.Fd(), lockExclusive, 0, 1, 0, uintptr(unsafe.Pointer(&where)))
	if ok == 0 {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
