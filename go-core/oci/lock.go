package oci

import (
	"context"
	"time"

	"github.com/stowage/stowage/go-core/messages"
)

// lockDirectory waits until no other thread or process changes the index of dir. It polls, because a thread that
// waits in the system call cannot be canceled.
func lockDirectory(ctx context.Context, dir string) (unlock func(), err error) {
	for wait := time.Millisecond; ; wait = min(2*wait, 50*time.Millisecond) {
		file, err := tryLock(dir)
		if err != nil {
			return nil, ioError(messages.Lock, dir, err)
		}
		if file != nil {
			return func() { file.Close() }, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(wait):
		}
	}
}
