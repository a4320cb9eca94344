//go:build unix

package oci

import (
	"errors"
	"os"
	"syscall"
)

// tryLock locks the directory itself, so the layout needs no lock file. The kernel releases the lock of a killed
// process. tryLock returns nil if another thread or process holds the lock.
func tryLock(dir string) (*os.File, error) {
	file, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if err := flock(file); err != nil {
		file.Close()
		if errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, nil
		}
		return nil, err
	}
	return file, nil
}

func flock(file *os.File) error {
	for {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if !errors.Is(err, syscall.EINTR) {
			return err
		}
	}
}

// markInUse locks a new temporary file until release. It returns false if another process has removed the file
// meanwhile. On a file system without locks, no process removes temporary files.
func markInUse(part *os.File) (release func(), held bool) {
	hold, err := os.Open(part.Name())
	if err != nil {
		return func() {}, false
	}
	locked := flock(hold)
	named, err := os.Stat(part.Name())
	if errors.Is(locked, syscall.EWOULDBLOCK) || err != nil || !isSameFile(hold, named) {
		hold.Close() // another process is about to remove the file, or has removed it
		return func() {}, false
	}
	return func() { hold.Close() }, true
}

func isSameFile(open *os.File, named os.FileInfo) bool {
	info, err := open.Stat()
	return err == nil && os.SameFile(info, named)
}

// removeAbandoned removes a temporary file that is not in use.
func removeAbandoned(path string) {
	file, err := os.OpenFile(path, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return
	}
	defer file.Close()
	if flock(file) == nil {
		os.Remove(path)
	}
}
