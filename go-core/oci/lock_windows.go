package oci

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"time"
	"unsafe"
)

var lockFileEx = syscall.NewLazyDLL("kernel32.dll").NewProc("LockFileEx")

const (
	lockNow         = 1                  // LOCKFILE_FAIL_IMMEDIATELY of fileapi.h
	lockExclusive   = 2                  // LOCKFILE_EXCLUSIVE_LOCK
	errorLocked     = syscall.Errno(33)  // ERROR_LOCK_VIOLATION of winerror.h
	errorInProgress = syscall.Errno(997) // ERROR_IO_PENDING
)

// tryLock locks a file in the layout, because Windows cannot lock directories. The file stays. The system releases
// the lock of a killed process. tryLock returns nil if another thread or process holds the lock.
func tryLock(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, ".stowage-lock"), os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	var where syscall.Overlapped
	ok, _, err := lockFileEx.Call(file.Fd(), lockExclusive|lockNow, 0, 1, 0, uintptr(unsafe.Pointer(&where)))
	if ok != 0 {
		return file, nil
	}
	file.Close()
	if errors.Is(err, errorLocked) || errors.Is(err, errorInProgress) {
		return nil, nil
	}
	return nil, err
}

// markInUse does nothing: removeAbandoned goes by the age of a file.
func markInUse(*os.File) (release func(), held bool) { return func() {}, true }

// removeAbandoned removes a temporary file that is older than a day. A younger one may be in use although it is
// closed: it is closed just before it is renamed.
func removeAbandoned(path string) {
	info, err := os.Stat(path)
	if err == nil && time.Since(info.ModTime()) > 24*time.Hour {
		os.Remove(path) // fails if the file is open, as intended
	}
}
