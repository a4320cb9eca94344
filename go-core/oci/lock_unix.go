//go:build unix

package oci

import (
	"errors"
	"os"
	"syscall"
)

// lockDirectory waits until no other thread or process packs into dir. The lock is on the directory
// itself: it needs no file of its own in the layout, and the kernel drops it when a process is killed.
func lockDirectory(dir string) (unlock func(), err error) {
	file, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	for {
		err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX)
		if !errors.Is(err, syscall.EINTR) {
			break
		}
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return func() { file.Close() }, nil
}
