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

// tryLock locks a file in the layout, which stays: Windows locks no directories. The system drops the lock
// when a process is killed. It gives nil when somebody else has it.
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

// holdPart has nothing to hold: see removeAbandoned.
func holdPart(*os.File) (release func(), held bool) { return func() {}, true }

// removeAbandoned leaves young parts alone: one that is just being renamed is not open.
func removeAbandoned(path string) {
	info, err := os.Stat(path)
	if err == nil && time.Since(info.ModTime()) > 24*time.Hour {
		os.Remove(path) // fails when it is open, as it should
	}
}
